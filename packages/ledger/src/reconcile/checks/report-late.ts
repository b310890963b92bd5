import type { CheckFacts } from "./check-facts.ts";

/** A report that should be there by now and may still come. */
export const reportLate = {
  code: "report.late",
  severity: "warning",
  rule: "Reports appear within a day of the end of their time",
  amount: "none",
  remedy: "Wait for it: reports can be a day late; sync again",
} as const satisfies CheckFacts;
