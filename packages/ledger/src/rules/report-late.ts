import type { Rule } from "./rule.ts";

/** A report that should be there by now and may still come. */
export const reportLate = {
  code: "report.late",
  severity: "warning",
  rule: "Reports appear within a day of the end of their period",
  amount: "none",
  remedy: "Wait and sync again: reports can be a day late",
  messages: {
    "report.made-late": "the settlement report up to {to} was made {hours} hours after its end",
  },
} as const satisfies Rule;
