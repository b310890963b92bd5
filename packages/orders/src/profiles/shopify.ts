import type { OrderProfile } from "./profile.ts";

/** Exports of Shopify's administration. Column names and states are English in every language of the shop. */
export const SHOPIFY: readonly OrderProfile[] = [
  {
    name: "shopify-transactions",
    title: "Shopify transaction histories",
    source:
      "Shopify: Orders, Export, transaction histories (help.shopify.com, Exporting orders); kinds and states of its Transaction resource",
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
    statuses: { captured: "success", pending: "pending|awaiting response", declined: "failure|error" },
  },
  {
    name: "shopify",
    title: "Shopify orders",
    source: "Shopify: Orders, Export (help.shopify.com, Exporting orders); financial states of its Order resource",
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
    undatedRefunds: ["refundedamount"],
    statuses: {
      captured: "paid|partially paid",
      pending: "pending|unpaid",
      authorized: "authorized",
      canceled: "voided|expired",
      refunded: "refunded",
      "partially-refunded": "partially refunded",
    },
  },
];
