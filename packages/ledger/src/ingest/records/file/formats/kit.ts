import type { RecordFormat } from "../record-format.ts";

/** The kit's own columns, with the names that the reports and API v2 use for the same things. */
export const kit: RecordFormat = {
  name: "kit",
  title: "Amazon Pay Kit",
  signature: [
    ["amount", "captureamount", "chargeamount", "refundamount", "transactionamount"],
    [
      "transactionid",
      "chargeid",
      "refundid",
      "referenceid",
      "merchantreferenceid",
      "permissionid",
      "chargepermissionid",
      "orderid",
    ],
  ],
  columns: {
    kind: ["kind", "type", "transactiontype"],
    transactionId: ["transactionid", "amazontransactionid", "chargeid", "captureid", "refundid"],
    parentTransactionId: ["parenttransactionid", "parentchargeid", "refundedchargeid"],
    referenceId: ["referenceid", "merchantreferenceid", "sellerreferenceid"],
    permissionId: ["permissionid", "chargepermissionid", "amazonorderreferenceid", "orderreferenceid"],
    orderId: ["orderid", "sellerorderid", "ordernumber", "order"],
    amount: ["amount", "captureamount", "chargeamount", "refundamount", "transactionamount"],
    currency: ["currency", "currencycode"],
    occurredAt: ["occurredat", "capturedat", "refundedat", "timestamp", "date", "time", "createdat"],
    status: ["status", "state"],
  },
};
