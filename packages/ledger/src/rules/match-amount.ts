import type { CheckFacts } from "./check-facts.ts";

/** A row and what it is matched with have the same amount; the tolerance is zero. */
export const matchAmount = {
  code: "match.amount",
  severity: "error",
  rule: "A settled amount equals the amount in your records, and a deposit equals what was transferred",
  amount: "settled (or deposited) amount minus recorded (or transferred) amount",
  remedy: "Find out which of the two is right",
} as const satisfies CheckFacts;
