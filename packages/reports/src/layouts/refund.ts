import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Refunds created or changed in a period: one row per state change, amounts positive.
 *
 * Source: real files. Holds the parent capture, which the settlement row does not.
 */
export const refund = {
  kind: "refund",
  firstColumns: ["AmazonRefundId"],
  tellingColumns: ["AmazonRefundId", "RefundAmount"],
  columns: [
    { name: "AmazonRefundId", key: "amazonRefundId", type: "text", id: "amazon", required: true },
    { name: "RefundReferenceId", key: "refundReferenceId", type: "text", id: "merchant" },
    { name: "AmazonCaptureId", key: "amazonCaptureId", type: "text", id: "amazon" },
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon" },
    { name: "RefundAmount", key: "refundAmount", type: "amount", required: true },
    { name: "CurrencyCode", key: "currencyCode", type: "currency", required: true },
    { name: "SellerRefundNote", key: "sellerRefundNote", type: "text" },
    { name: "RefundType", key: "refundType", type: "text", repeats: true, vocabulary: "refund-type" },
    { name: "RefundStatus", key: "refundStatus", type: "text", required: true, repeats: true, vocabulary: "state" },
    { name: "LastUpdateTimestamp", key: "lastUpdateTimestamp", type: "instant", required: true },
    { name: "ReasonCode", key: "reasonCode", type: "text", repeats: true, vocabulary: "reason-code" },
    { name: "CreationTimestamp", key: "creationTimestamp", type: "instant" },
  ],
} as const satisfies Layout;

/** A typed refund row. */
export type RefundValues = ValuesOf<typeof refund>;
