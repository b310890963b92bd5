import type { CheckFacts } from "./check-facts.ts";

/** A report that should be there by now and may still come. */
export const reportLate = {
  code: "report.late",
  severity: "warning",
  rule: "Reports appear within a day of the end of their period",
  amount: "none",
  remedy: "Wait and sync again: reports can be a day late",
} as const satisfies CheckFacts;
