import type { Rule } from "./rule.ts";

/** A stretch of time without a report, or a listed report whose rows could not be had. */
export const reportMissing = {
  code: "report.missing",
  severity: "error",
  rule: "There is a report for every period",
  amount: "none",
  remedy: "Sync again, request the report, or download it in Seller Central while it is there (90 days)",
  messages: {
    "report.missing": "no {report} report covers {from} to {to}",
    "report.awaited": "no {report} report covers {from} to {to} yet",
  },
} as const satisfies Rule;
