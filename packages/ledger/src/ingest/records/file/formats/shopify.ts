import type { RecordFormat } from "../record-format.ts";

/** Shopify: Orders, Export. One row an item; the order's own cells stand on its first row. Refunds have no date here. */
export const shopify: RecordFormat = {
  name: "shopify",
  title: "Shopify orders",
  signature: ["name", "financialstatus", "total", "currency", "paymentmethod"],
  columns: {
    orderId: ["name"],
    amount: ["total"],
    currency: ["currency"],
    occurredAt: ["paidat", "createdat"],
    status: ["financialstatus"],
  },
  paidWith: ["paymentmethod"],
  itemsBelow: true,
  undatedRefunds: "refundedamount",
};
