import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Order references (charge permissions) created, confirmed or changed in a period.
 *
 * No public file was found: the names follow the API object of the same name and the two report files that are known.
 * `OrderAmount` and `OrderTotal` are both candidates for the amount; a file has one of them, if any.
 */
export const orderReference = {
  kind: "order-reference",
  firstColumns: ["AmazonOrderReferenceId"],
  tellingColumns: ["AmazonOrderReferenceId", "OrderReferenceStatus"],
  columns: [
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon", required: true },
    { name: "SellerOrderId", key: "sellerOrderId", type: "text", id: "merchant" },
    { name: "StoreName", key: "storeName", type: "text", repeats: true },
    { name: "OrderAmount", key: "orderAmount", type: "amount" },
    { name: "OrderTotal", key: "orderTotal", type: "amount" },
    { name: "CurrencyCode", key: "currencyCode", type: "currency" },
    { name: "SellerNote", key: "sellerNote", type: "text" },
    { name: "OrderReferenceStatus", key: "orderReferenceStatus", type: "text", repeats: true, vocabulary: "state" },
    { name: "LastUpdateTimestamp", key: "lastUpdateTimestamp", type: "instant" },
    { name: "ReasonCode", key: "reasonCode", type: "text", repeats: true, vocabulary: "reason-code" },
    { name: "CreationTimestamp", key: "creationTimestamp", type: "instant" },
    { name: "ExpirationTimestamp", key: "expirationTimestamp", type: "instant" },
    { name: "BuyerName", key: "buyerName", type: "text", personal: true },
    { name: "BuyerEmailAddress", key: "buyerEmailAddress", type: "text", personal: true },
    { name: "BuyerPhone", key: "buyerPhone", type: "text", personal: true },
    { name: "ShippingAddressName", key: "shippingAddressName", type: "text", personal: true },
    { name: "ShippingAddressLine1", key: "shippingAddressLine1", type: "text", personal: true },
    { name: "ShippingAddressLine2", key: "shippingAddressLine2", type: "text", personal: true },
    { name: "ShippingAddressLine3", key: "shippingAddressLine3", type: "text", personal: true },
    { name: "ShippingAddressCity", key: "shippingAddressCity", type: "text", personal: true },
    { name: "ShippingAddressDistrictOrCounty", key: "shippingAddressDistrictOrCounty", type: "text", personal: true },
    { name: "ShippingAddressStateOrRegion", key: "shippingAddressStateOrRegion", type: "text", personal: true },
    { name: "ShippingAddressPostalCode", key: "shippingAddressPostalCode", type: "text", personal: true },
    {
      name: "ShippingAddressCountryCode",
      key: "shippingAddressCountryCode",
      type: "text",
      personal: true,
      repeats: true,
    },
    { name: "ShippingAddressPhone", key: "shippingAddressPhone", type: "text", personal: true },
  ],
} as const satisfies Layout;

/** A typed order reference row. */
export type OrderReferenceValues = ValuesOf<typeof orderReference>;
