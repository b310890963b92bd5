import type { Rule } from "./rule.ts";

/** A transfer that should be on the bank statement by now: three to five business days. */
export const bankMissingDeposit = {
  code: "bank.missing-deposit",
  severity: "error",
  rule: "Every transfer arrives at the bank within the days that it may take",
  amount: "amount of the transfer",
  remedy:
    "Import the bank statement for those days; if the deposit is not on it, ask Amazon Pay and quote the disbursement reference",
  messages: {
    "bank.missing-deposit": "transfer of {amount} on {at} is on no bank statement; it was due by {due}",
  },
} as const satisfies Rule;
