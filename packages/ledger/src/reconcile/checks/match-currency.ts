import type { CheckFacts } from "./check-facts.ts";

/** A row and what it is matched with are in the same currency. */
export const matchCurrency = {
  code: "match.currency",
  severity: "error",
  rule: "A settled amount is in the currency of the own records",
  amount: "settled amount",
  remedy: "Find out which of the two is right; multi-currency charges are recorded in the settlement currency",
} as const satisfies CheckFacts;
