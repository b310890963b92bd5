import type { Rule } from "./rule.ts";

/** A transfer that arrived, but after its days. */
export const bankLateDeposit = {
  code: "bank.late-deposit",
  severity: "warning",
  rule: "Every transfer arrives at the bank within the days that it may take",
  amount: "amount of the transfer",
  remedy:
    "Nothing is missing: check whether the bank or Amazon Pay held it, or allow it more days (bankDays in apay.config.json) if this is normal",
  messages: {
    "bank.late-deposit": "transfer of {amount} on {at} arrived on {arrived}; it was due by {due}",
  },
} as const satisfies Rule;
