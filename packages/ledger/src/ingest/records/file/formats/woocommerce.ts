import type { RecordFormat } from "../record-format.ts";

/** WooCommerce, as its common order exporters write it. The gateway keeps the charge id as the transaction id. */
export const woocommerce: RecordFormat = {
  name: "woocommerce",
  title: "WooCommerce orders",
  signature: [
    ["ordernumber", "orderid"],
    ["orderstatus", "status"],
    ["ordertotal", "ordertotalamount"],
    ["paymentmethod", "paymentmethodtitle"],
  ],
  columns: {
    transactionId: ["transactionid"],
    orderId: ["ordernumber", "orderid"],
    amount: ["ordertotal", "ordertotalamount"],
    currency: ["ordercurrency", "currency"],
    occurredAt: ["paiddate", "datepaid", "orderdate", "datecreated"],
    status: ["orderstatus", "status"],
  },
  paidWith: ["paymentmethod", "paymentmethodtitle"],
  itemsBelow: true,
  undatedRefunds: "orderrefundamount",
};
