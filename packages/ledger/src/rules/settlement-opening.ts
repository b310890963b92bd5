import type { CheckFacts } from "./check-facts.ts";

/** The balance that a settlement carries in is the balance that the one before it left. */
export const settlementOpening = {
  code: "settlement.opening",
  severity: "error",
  rule: "A settlement opens with the closing balance of the previous one",
  amount: "balance carried in minus closing balance of the previous settlement",
  remedy: "Compare the Carryover and Debt rows with the settlement before; ask Amazon Pay about the difference",
} as const satisfies CheckFacts;
