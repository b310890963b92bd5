import type { CheckFacts } from "./check-facts.ts";

/** A transfer that should be on the bank statement by now: three to five business days. */
export const bankMissingDeposit = {
  code: "bank.missing-deposit",
  severity: "error",
  rule: "Every transfer arrives at the bank within its days",
  amount: "amount of the transfer",
  remedy: "Import the bank statement of those days; if it is not there, ask Amazon Pay by the disbursement reference",
} as const satisfies CheckFacts;
