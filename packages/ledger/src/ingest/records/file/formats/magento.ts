import type { RecordFormat } from "../record-format.ts";

/** Magento and Adobe Commerce: Sales, Orders, Export (the grid), and the columns of the order table itself. */
export const magento: RecordFormat = {
  name: "magento",
  title: "Magento orders",
  signature: [
    ["purchasedate", "createdat"],
    ["grandtotalpurchased", "grandtotal"],
    ["id", "incrementid", "entityid"],
    "status",
  ],
  columns: {
    orderId: ["incrementid", "id"],
    amount: ["grandtotalpurchased", "grandtotal"],
    currency: ["ordercurrencycode", "currency"],
    occurredAt: ["purchasedate", "createdat"],
    status: ["status"],
  },
  paidWith: ["paymentmethod", "method"],
  undatedRefunds: "totalrefunded",
  currencyNeeded: true,
};
