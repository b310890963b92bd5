import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Payments taken in another currency than the one they are settled in.
 *
 * No public file was found: the names are those of the transaction view of Seller Central
 * (`PresentmentAmount`, `PresentmentCurrency`, `ForeignExchangeRate`) beside those of the settlement report.
 * The rate stays a text: it is no amount of money and has no fixed number of digits.
 */
export const multiCurrency = {
  kind: "multi-currency",
  firstColumns: [],
  tellingColumns: ["PresentmentAmount"],
  decisive: true,
  columns: [
    { name: "TransactionPostedDate", key: "transactionPostedDate", type: "instant" },
    { name: "SettlementId", key: "settlementId", type: "text", id: "amazon", repeats: true },
    { name: "AmazonTransactionId", key: "amazonTransactionId", type: "text", id: "amazon" },
    { name: "SellerReferenceId", key: "sellerReferenceId", type: "text", id: "merchant" },
    { name: "TransactionType", key: "transactionType", type: "text", repeats: true, vocabulary: "transaction-type" },
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon" },
    { name: "SellerOrderId", key: "sellerOrderId", type: "text", id: "merchant" },
    { name: "StoreName", key: "storeName", type: "text", repeats: true },
    { name: "CurrencyCode", key: "currencyCode", type: "currency" },
    { name: "TransactionAmount", key: "transactionAmount", type: "amount", total: true },
    { name: "PresentmentCurrency", key: "presentmentCurrency", type: "currency" },
    {
      name: "PresentmentAmount",
      key: "presentmentAmount",
      type: "amount",
      currency: "presentmentCurrency",
      total: true,
    },
    { name: "ForeignExchangeRate", key: "foreignExchangeRate", type: "text" },
    { name: "TotalTransactionFee", key: "totalTransactionFee", type: "amount", total: true },
    { name: "NetTransactionAmount", key: "netTransactionAmount", type: "amount", total: true },
  ],
} as const satisfies Layout;

/** A typed multi-currency row. */
export type MultiCurrencyValues = ValuesOf<typeof multiCurrency>;
