import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Recurring contracts (billing agreements) created or changed in a period.
 *
 * No public file was found: the names follow the API object of the same name and the two report files that are known.
 */
export const billingAgreement = {
  kind: "billing-agreement",
  firstColumns: ["AmazonBillingAgreementId"],
  tellingColumns: ["AmazonBillingAgreementId", "BillingAgreementStatus"],
  columns: [
    { name: "AmazonBillingAgreementId", key: "amazonBillingAgreementId", type: "text", id: "amazon", required: true },
    { name: "SellerBillingAgreementId", key: "sellerBillingAgreementId", type: "text", id: "merchant" },
    { name: "StoreName", key: "storeName", type: "text", repeats: true },
    { name: "AmountLimitPerTimePeriod", key: "amountLimitPerTimePeriod", type: "amount" },
    { name: "CurrentRemainingBalance", key: "currentRemainingBalance", type: "amount" },
    { name: "CurrencyCode", key: "currencyCode", type: "currency" },
    { name: "SellerNote", key: "sellerNote", type: "text" },
    { name: "BillingAgreementStatus", key: "billingAgreementStatus", type: "text", repeats: true, vocabulary: "state" },
    { name: "LastUpdateTimestamp", key: "lastUpdateTimestamp", type: "instant" },
    { name: "ReasonCode", key: "reasonCode", type: "text", repeats: true, vocabulary: "reason-code" },
    { name: "CreationTimestamp", key: "creationTimestamp", type: "instant" },
    { name: "TimePeriodStartDate", key: "timePeriodStartDate", type: "instant" },
    { name: "TimePeriodEndDate", key: "timePeriodEndDate", type: "instant" },
    { name: "BuyerName", key: "buyerName", type: "text", personal: true },
    { name: "BuyerEmailAddress", key: "buyerEmailAddress", type: "text", personal: true },
    { name: "BuyerPhone", key: "buyerPhone", type: "text", personal: true },
  ],
} as const satisfies Layout;

/** A typed billing agreement row. */
export type BillingAgreementValues = ValuesOf<typeof billingAgreement>;
