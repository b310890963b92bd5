import type { Rule } from "./rule.ts";

/** A file that could not be used: it is kept, and none of its rows count. */
export const reportQuarantined = {
  code: "report.quarantined",
  severity: "error",
  rule: "Every report file can be used",
  amount: "none",
  remedy: "Check why it was quarantined, download it again, or ask Amazon Pay for a corrected report",
  messages: {
    "report.quarantined": "the {report} file was put aside: {why} ({code})",
  },
} as const satisfies Rule;
