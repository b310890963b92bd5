import type { Layout, ValuesOf } from "./layout.ts";

/**
 * Every movement of money of one settlement period, and the transfer to the bank.
 *
 * Source: settlement report reference, the 15 body columns in order; spelling and order as in real files.
 * Fees are negative on captures: net = amount + fee.
 */
export const settlement = {
  kind: "settlement",
  title: "Settlement Report",
  firstColumns: ["TransactionPostedDate"],
  tellingColumns: ["TransactionPostedDate", "NetTransactionAmount"],
  columns: [
    { name: "TransactionPostedDate", key: "transactionPostedDate", type: "instant", required: true },
    { name: "SettlementId", key: "settlementId", type: "text", id: "amazon", required: true, repeats: true },
    { name: "AmazonTransactionId", key: "amazonTransactionId", type: "text", id: "amazon" },
    { name: "SellerReferenceId", key: "sellerReferenceId", type: "text", id: "merchant" },
    {
      name: "TransactionType",
      key: "transactionType",
      type: "text",
      required: true,
      repeats: true,
      vocabulary: "transaction-type",
    },
    { name: "AmazonOrderReferenceId", key: "amazonOrderReferenceId", type: "text", id: "amazon" },
    { name: "SellerOrderId", key: "sellerOrderId", type: "text", id: "merchant" },
    { name: "StoreName", key: "storeName", type: "text", repeats: true },
    { name: "CurrencyCode", key: "currencyCode", type: "currency", required: true },
    { name: "TransactionDescription", key: "transactionDescription", type: "text" },
    { name: "TransactionAmount", key: "transactionAmount", type: "amount", required: true, total: true },
    { name: "TransactionPercentageFee", key: "transactionPercentageFee", type: "amount", required: true },
    { name: "TransactionFixedFee", key: "transactionFixedFee", type: "amount", required: true },
    { name: "TotalTransactionFee", key: "totalTransactionFee", type: "amount", required: true, total: true },
    { name: "NetTransactionAmount", key: "netTransactionAmount", type: "amount", required: true, total: true },
  ],
} as const satisfies Layout;

/** A typed settlement row. */
export type SettlementValues = ValuesOf<typeof settlement>;
