import type { Rule } from "./rule.ts";

/** A refund whose charge is nowhere: not in a settlement, not in a report, not in the records. */
export const refundOrphan = {
  code: "refund.orphan",
  severity: "error",
  rule: "Every refund belongs to a charge",
  amount: "amount of the refund, negative",
  remedy: "Load the settlement with the capture, or find out what was refunded",
  messages: {
    "refund.orphan": "refund of {amount}: its charge is in no settlement, report or record",
    "refund.orphan.named": "refund of {amount}: its charge {charge} is in no settlement, report or record",
  },
} as const satisfies Rule;
