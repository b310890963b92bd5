import type { CheckFacts } from "./check-facts.ts";

/** A deposit that names its transfer has the amount of the transfer. */
export const bankAmount = {
  code: "bank.amount",
  severity: "error",
  rule: "A deposit is what was transferred",
  amount: "deposited minus transferred amount",
  remedy: "Ask the bank about charges, and Amazon Pay about the transfer",
} as const satisfies CheckFacts;
