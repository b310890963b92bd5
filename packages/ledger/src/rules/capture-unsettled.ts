import type { CheckFacts } from "./check-facts.ts";

/** An own charge that was captured, and is in no settlement although it should be by now. */
export const captureUnsettled = {
  code: "capture.unsettled",
  severity: "error",
  rule: "Every captured charge in your records is in a settlement",
  amount: "amount of the charge",
  remedy: "Check that it was captured; if so, ask Amazon Pay where the money is",
} as const satisfies CheckFacts;
