import type { RecordFormat } from "../record-format.ts";

/** Shopware 5 and 6 order exports. */
export const shopware: RecordFormat = {
  name: "shopware",
  title: "Shopware orders",
  signature: [
    ["ordernumber", "number"],
    ["amounttotal", "invoiceamount"],
    ["orderdatetime", "ordertime", "orderdate"],
  ],
  columns: {
    transactionId: ["transactionid", "transactionscustomfieldstransactionid"],
    orderId: ["ordernumber", "number"],
    amount: ["amounttotal", "invoiceamount"],
    currency: ["currencyisocode", "currency", "currencyshortname"],
    occurredAt: ["cleareddate", "orderdatetime", "ordertime", "orderdate"],
    status: ["transactionsstatemachinestatetechnicalname", "paymentstatus", "paymentstate", "cleareddescription"],
  },
  paidWith: ["paymentmethod", "paymentdescription", "paymentname", "transactionspaymentmethodname"],
};
