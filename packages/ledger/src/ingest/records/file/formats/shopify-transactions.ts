import type { RecordFormat } from "../record-format.ts";

/** Shopify: Orders, Export transaction histories. One row a capture or refund; the better of Shopify's two exports. */
export const shopifyTransactions: RecordFormat = {
  name: "shopify-transactions",
  title: "Shopify transaction histories",
  signature: ["order", "name", "kind", "gateway", "createdat", "amount"],
  columns: {
    kind: ["kind"],
    orderId: ["name"],
    amount: ["amount"],
    currency: ["currency"],
    occurredAt: ["createdat"],
    status: ["status"],
  },
  paidWith: ["gateway"],
};
