import type { Rule } from "./rule.ts";

/** Only asked where the policy says that every settlement with a transfer adds up to zero: see the settings. */
export const settlementZeroSum = {
  code: "settlement.zero-sum",
  severity: "error",
  rule: "The net amounts of a settlement with a transfer add up to zero (only if zeroSum is set to require)",
  amount: "sum of the net amounts",
  remedy: "Look for a missing or altered row, or allow balances to be carried over (zeroSum: report)",
  messages: {
    "settlement.zero-sum": "the net amounts add up to {sum} instead of zero",
  },
} as const satisfies Rule;
