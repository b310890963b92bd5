import type { Rule } from "./rule.ts";

/** A refund in a settlement for which the merchant has no refund, in a time for which he keeps records of refunds. */
export const refundUnknown = {
  code: "refund.unknown",
  severity: "warning",
  rule: "Every settled refund has a refund in your records",
  amount: "amount of the refund, negative",
  remedy: "Import the record, or find out who refunded it",
  messages: {
    "refund.unknown": "refund of {amount} has no own record",
  },
} as const satisfies Rule;
