import type { Rule } from "./rule.ts";

/**
 * A row that is settled, while the only own records of it say that nothing moved: the order was canceled or its payment
 * failed, or it is still only authorized or pending there. What has been given back wholly is not meant.
 */
export const matchStatus = {
  code: "match.status",
  severity: "error",
  rule: "What is settled is done in your records too: not canceled, failed, authorized or pending",
  amount: "amount settled, negative for a refund",
  remedy:
    "Deliver the order or refund it if it is canceled or failed in the shop; else correct the state there and import the records again",
  messages: {
    "match.status.charge": "own records have {name} as {status}, but its charge of {amount} is settled",
    "match.status.refund": "own records have the refund of {name} as {status}, but {amount} is settled as refunded",
    "match.status.place": " ({file}, line {line}; matched by {rule})",
    "match.status.program": " (matched by {rule})",
  },
} as const satisfies Rule;
