import type { CheckFacts } from "./check-facts.ts";

/** The end of one settlement is the start of the next. Source: windows of consecutive settlements are contiguous. */
export const settlementGap = {
  code: "settlement.gap",
  severity: "error",
  rule: "A settlement starts when the previous one ends",
  amount: "none",
  remedy: "Download the settlement report of the period in between; reports stay available for 90 days",
} as const satisfies CheckFacts;
