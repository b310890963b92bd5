import type { CheckFacts } from "./check-facts.ts";

/** A transfer that arrived, but after its days. */
export const bankLateDeposit = {
  code: "bank.late-deposit",
  severity: "warning",
  rule: "Every transfer arrives at the bank within bankDays",
  amount: "amount of the transfer",
  remedy: "Nothing is missing: check whether the bank or Amazon Pay held it, or raise bankDays if this is normal",
} as const satisfies CheckFacts;
