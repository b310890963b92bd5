import type { StatusNames } from "../statuses.ts";
import type { OrderProfile } from "./profile.ts";

/** Payment states of Shopware 6 (state machine order_transaction.state), technical names and German and English labels. */
const SIX: StatusNames = {
  captured: "paid|paid partially|Bezahlt|Teilweise bezahlt|Paid (partially)",
  pending: "open|in progress|unconfirmed|reminded|Offen|In Bearbeitung|Unbestätigt|Erinnert|Angemahnt",
  authorized: "authorized|Autorisiert",
  canceled: "cancelled|Abgebrochen|Storniert",
  declined: "failed|Fehlgeschlagen",
  refunded: "refunded|Erstattet|Rückerstattet|chargeback|Rückbuchung",
  "partially-refunded": "refunded partially|Teilweise erstattet|Teilerstattet|Refunded (partially)",
};

/** Payment states of Shopware 5 (s_core_states, group payment), by number, name and German description. */
const FIVE: StatusNames = {
  captured:
    "12|11|10|9|completely paid|partially paid|completely invoiced|partially invoiced|Komplett bezahlt|Teilweise bezahlt|Komplett in Rechnung gestellt|Teilweise in Rechnung gestellt",
  pending:
    "17|18|19|21|13|14|15|16|open|reserved|delayed|review necessary|1st reminder|2nd reminder|3rd reminder|encashment|Offen|Reserviert|Verzögert|Überprüfung notwendig|1. Mahnung|2. Mahnung|3. Mahnung|Inkasso|31|32|33|34",
  canceled: "35|the process has been cancelled|Vorgang wurde abgebrochen|Der Vorgang wurde abgebrochen",
  declined: "30|no credit approved|Es wurde kein Kredit genehmigt",
  refunded: "20|re crediting|Wiedergutschrift",
};

/** Exports of Shopware 5 and 6. */
export const SHOPWARE: readonly OrderProfile[] = [
  {
    name: "shopware",
    title: "Shopware 6 orders",
    source: "Shopware 6: Import/Export, profile Default orders; states of its order_transaction.state machine",
    signature: ["ordernumber", ["amounttotal", "pricetotalprice"], ["orderdatetime", "orderdate"]],
    columns: {
      transactionId: ["transactionid", "transactionscustomfieldstransactionid"],
      permissionId: ["transactionscustomfieldschargepermissionid"],
      orderId: ["ordernumber"],
      amount: ["amounttotal", "pricetotalprice"],
      currency: ["currencyisocode", "currency", "currencyshortname"],
      occurredAt: ["orderdatetime", "orderdate"],
      status: [
        "transactionsstatemachinestatetechnicalname",
        "transactionsstatemachinestatename",
        "transactionsstatemachinestate",
        "paymentstatus",
        "paymentstate",
      ],
    },
    paidWith: [
      "paymentmethod",
      "paymentmethodname",
      "transactionspaymentmethodname",
      "transactionspaymentmethod",
      "paymentname",
    ],
    itemsBelow: true,
    statuses: SIX,
  },
  {
    name: "shopware-5",
    title: "Shopware 5 orders",
    source:
      "Shopware 5: Import/Export, profiles Orders and Orders main data (docs.shopware.com, Import/Export of orders); s_core_states",
    signature: [["ordernumber", "number"], "invoiceamount", ["ordertime", "orderdate", "cleareddate"]],
    columns: {
      transactionId: ["transactionid"],
      orderId: ["ordernumber", "number"],
      amount: ["invoiceamount"],
      currency: ["currency", "currencyisocode", "currencyshortname"],
      occurredAt: ["cleareddate", "ordertime", "orderdate"],
      status: ["cleareddescription", "paymentstatus", "paymentstate", "paymentstatusid", "cleared"],
    },
    paidWith: ["paymentdescription", "paymentname", "paymentmethod"],
    itemsBelow: true,
    statuses: FIVE,
  },
];
