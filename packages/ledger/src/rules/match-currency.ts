import type { Rule } from "./rule.ts";

/** A row and what it is matched with are in the same currency. */
export const matchCurrency = {
  code: "match.currency",
  severity: "error",
  rule: "A settled amount is in the currency of your records, and a deposit in that of the transfer",
  amount: "settled (or transferred) amount",
  remedy:
    "Find out which of the two is right; multi-currency charges are recorded in the settlement currency, and a bank's conversion is booked with its rate",
  messages: {
    "match.currency": "settled as {settled}, recorded as {own} (matched by {rule})",
  },
} as const satisfies Rule;
