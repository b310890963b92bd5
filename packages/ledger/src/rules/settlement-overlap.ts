import type { CheckFacts } from "./check-facts.ts";

/** No settlement starts before the one before it has ended. */
export const settlementOverlap = {
  code: "settlement.overlap",
  severity: "error",
  rule: "A settlement does not start before the previous one ends",
  amount: "none",
  remedy: "Check whether both files are settlements of this account, and whether rows occur twice",
} as const satisfies CheckFacts;
