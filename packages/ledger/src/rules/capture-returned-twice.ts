import type { Rule } from "./rule.ts";

/**
 * Money that the buyer got back twice: by a refund, and again by a chargeback or an A-to-z claim, or by two of these.
 * What refunds alone exceed is `refund.exceeds-capture`.
 */
export const captureReturnedTwice = {
  code: "capture.returned-twice",
  severity: "error",
  rule: "Refunds, claims and chargebacks together do not give back more than was captured",
  amount: "amount given back beyond the capture",
  remedy: "Contest the claim or chargeback with the proof of the refund: this money can be had back",
  messages: {
    "capture.returned-twice":
      "{excess} of {captured} captured for {charge} went back twice: refunds {refunded}, claims and chargebacks {disputed}",
  },
} as const satisfies Rule;
