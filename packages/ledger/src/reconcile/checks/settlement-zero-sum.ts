import type { CheckFacts } from "./check-facts.ts";

/** Only asked where the policy says that every settlement with a transfer adds up to zero: see the settings. */
export const settlementZeroSum = {
  code: "settlement.zero-sum",
  severity: "error",
  rule: "The net amounts of a settlement with a transfer add up to zero (only where the policy demands it)",
  amount: "sum of the net amounts",
  remedy: "Look for a row that is missing or altered, or let the balance be carried over (zeroSum: report)",
} as const satisfies CheckFacts;
