import type { Rule } from "./rule.ts";

/** A capture in a settlement for which the merchant has no charge, in a time for which he keeps records. */
export const captureUnknown = {
  code: "capture.unknown",
  severity: "warning",
  rule: "Every settled capture has a charge in your records",
  amount: "amount of the capture",
  remedy: "Import the record, or find out who captured it",
  messages: {
    "capture.unknown": "capture of {amount} has no own record",
  },
} as const satisfies Rule;
