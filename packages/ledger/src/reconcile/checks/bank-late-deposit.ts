import type { CheckFacts } from "./check-facts.ts";

/** A transfer that arrived, but after its days. */
export const bankLateDeposit = {
  code: "bank.late-deposit",
  severity: "warning",
  rule: "Every transfer arrives at the bank within its days",
  amount: "amount of the transfer",
  remedy: "Nothing is missing: look whether the bank or Amazon Pay held it, or raise bankDays where it is usual",
} as const satisfies CheckFacts;
