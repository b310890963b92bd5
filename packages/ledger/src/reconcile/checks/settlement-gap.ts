import type { CheckFacts } from "./check-facts.ts";

/** The end of one settlement is the start of the next. Source: windows of consecutive settlements are contiguous. */
export const settlementGap = {
  code: "settlement.gap",
  severity: "error",
  rule: "A settlement starts when the one before it ends",
  amount: "none",
  remedy: "Fetch the settlement report of the time between; reports stay available for 90 days",
} as const satisfies CheckFacts;
