import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Captures created or changed in a period, with the buyer's name and billing address.
 *
 * Source: 21 columns as read by a public script of 2018; dates and amounts as in the refund report.
 */
export const capture = {
  kind: "capture",
  firstColumns: ["AmazonCaptureId"],
  tellingColumns: ["AmazonCaptureId", "CaptureAmount"],
  columns: [
    { name: "AmazonCaptureId", key: "amazonCaptureId", type: "text", id: "amazon", required: true },
    { name: "CaptureReferenceId", key: "captureReferenceId", type: "text", id: "merchant" },
    { name: "AmazonAuthorizationId", key: "amazonAuthorizationId", type: "text", id: "amazon" },
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon" },
    { name: "CaptureAmount", key: "captureAmount", type: "amount", required: true },
    { name: "CurrencyCode", key: "currencyCode", type: "currency", required: true },
    { name: "SellerCaptureNote", key: "sellerCaptureNote", type: "text" },
    { name: "CaptureStatus", key: "captureStatus", type: "text", required: true, repeats: true, vocabulary: "state" },
    { name: "LastUpdateTimestamp", key: "lastUpdateTimestamp", type: "instant", required: true },
    { name: "ReasonCode", key: "reasonCode", type: "text", repeats: true, vocabulary: "reason-code" },
    { name: "CreationTimestamp", key: "creationTimestamp", type: "instant" },
    { name: "BuyerName", key: "buyerName", type: "text", personal: true },
    { name: "BuyerEmailAddress", key: "buyerEmailAddress", type: "text", personal: true },
    { name: "BillingAddressLine1", key: "billingAddressLine1", type: "text", personal: true },
    { name: "BillingAddressLine2", key: "billingAddressLine2", type: "text", personal: true },
    { name: "BillingAddressLine3", key: "billingAddressLine3", type: "text", personal: true },
    { name: "BillingAddressCity", key: "billingAddressCity", type: "text", personal: true },
    { name: "BillingAddressDistrictOrCounty", key: "billingAddressDistrictOrCounty", type: "text", personal: true },
    { name: "BillingAddressStateOrRegion", key: "billingAddressStateOrRegion", type: "text", personal: true },
    { name: "BillingAddressPostalCode", key: "billingAddressPostalCode", type: "text", personal: true },
    {
      name: "BillingAddressCountryCode",
      key: "billingAddressCountryCode",
      type: "text",
      personal: true,
      repeats: true,
    },
  ],
} as const satisfies Layout;

/** A typed capture row. */
export type CaptureValues = ValuesOf<typeof capture>;
