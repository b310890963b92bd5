import type { OrderProfile } from "./profile.ts";

/** The kit's own columns, with the names that the reports and API v2 use for the same things. Comes last: its names are common. */
export const KIT: readonly OrderProfile[] = [
  {
    name: "kit",
    title: "Amazon Pay Kit",
    source: "the members of a record, and what API v2 and the reports call them",
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
      occurredAt: [
        "occurredat",
        "capturedat",
        "refundedat",
        "timestamp",
        "date",
        "time",
        "createdat",
        "transactiondate",
        "transactionposteddate",
      ],
      status: ["status", "state"],
    },
    paidWith: ["paymentmethod", "gateway"],
  },
];
