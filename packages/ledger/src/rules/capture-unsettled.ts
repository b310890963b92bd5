import type { Rule } from "./rule.ts";

/** An own charge that was captured, and is in no settlement although it should be by now. */
export const captureUnsettled = {
  code: "capture.unsettled",
  severity: "error",
  rule: "Every captured charge in your records is in a settlement",
  amount: "amount of the charge",
  remedy: "Check that it was captured; if so, ask Amazon Pay where the money is",
  messages: {
    "unsettled.captured": "captured {at}",
    "unsettled.captured.reported": "captured {at}, by the transaction report",
    "unsettled.passed": ", and in no settlement although they reach to {until}",
    "unsettled.old": ", and in no settlement after {days} days or more",
  },
} as const satisfies Rule;
