import type { Rule } from "./rule.ts";

/**
 * Refunds may exceed their capture by the lesser of 15 % and 75 USD, EUR or GBP (8,400 JPY).
 * Source: limits of Create Refund.
 */
export const refundExceedsCapture = {
  code: "refund.exceeds-capture",
  severity: "error",
  rule: "The refunds of a charge do not exceed what may be refunded",
  amount: "amount refunded above the limit",
  remedy: "Find out whether money was refunded twice; ask Amazon Pay about it",
  messages: {
    "refund.exceeds-capture": "refunded {refunded} of {captured} captured for {charge}, at most {ceiling} may be",
  },
} as const satisfies Rule;
