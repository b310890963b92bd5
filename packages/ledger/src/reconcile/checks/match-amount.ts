import type { CheckFacts } from "./check-facts.ts";

/** A row and what it is matched with have the same amount; the tolerance is zero. */
export const matchAmount = {
  code: "match.amount",
  severity: "error",
  rule: "A settled amount is the amount in the own records, and a deposit is what was transferred",
  amount: "settled (or deposited) minus own (or transferred) amount",
  remedy: "Find out which of the two is right",
} as const satisfies CheckFacts;
