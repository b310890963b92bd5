import type { Rule } from "./rule.ts";

/** A refund that was completed, by the refund report or the records, and is in no settlement. */
export const refundUnsettled = {
  code: "refund.unsettled",
  severity: "warning",
  rule: "Every completed refund is in exactly one settlement",
  amount: "amount of the refund, negative",
  remedy: "Wait for the next settlement; if it is not there either, ask Amazon Pay",
  messages: {
    "unsettled.refunded": "refunded {at}",
    "unsettled.refunded.reported": "refunded {at}, by the transaction report",
  },
} as const satisfies Rule;
