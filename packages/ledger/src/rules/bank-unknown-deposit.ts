import type { Rule } from "./rule.ts";

/** A deposit from Amazon Pay that no transfer explains. */
export const bankUnknownDeposit = {
  code: "bank.unknown-deposit",
  severity: "warning",
  rule: "Every deposit from Amazon Pay belongs to the transfer of a settlement",
  amount: "amount of the deposit",
  remedy: "Load the settlement that it belongs to, or explain where the money comes from",
  messages: {
    "bank.unknown-deposit": "deposit of {amount} on {day} belongs to no transfer",
    "bank.unknown-deposit.named": "deposit of {amount} on {day} ({reference}) belongs to no transfer",
  },
} as const satisfies Rule;
