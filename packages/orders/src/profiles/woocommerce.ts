import type { StatusNames } from "../statuses.ts";
import type { OrderProfile } from "./profile.ts";

/** States of WooCommerce core (wc_get_order_statuses), with their names in its translations. */
const STATUSES: StatusNames = {
  captured:
    "completed|processing|Abgeschlossen|Fertiggestellt|In Bearbeitung|Terminée|En cours|Completato|Completado|In lavorazione|Procesando|Afgerond|In behandeling|完了|処理中",
  pending:
    "pending|pending payment|on hold|checkout draft|Zahlung ausstehend|Ausstehende Zahlung|In Wartestellung|Wartend|Attente paiement|Paiement en attente|En attente|In attesa di pagamento|In attesa|Sospeso|Pendiente de pago|En espera|Wachtend op betaling|In de wacht|支払い待ち|保留中|Draft|Entwurf",
  canceled: "cancelled|Storniert|Annulée|Annullato|Cancelado|Geannuleerd|キャンセル|キャンセル済み|trash",
  declined: "failed|Fehlgeschlagen|Échouée|Fallito|Fallido|Mislukt|失敗",
  refunded: "refunded|Rückerstattet|Erstattet|Remboursée|Rimborsato|Reembolsado|Terugbetaald|返金済み",
};

const IDS = ["ordernumber", "orderid", "order", "bestellnummer"];

const TOTAL = [
  "ordertotal",
  "ordertotalamount",
  "ordertotalamountincludingtax",
  "orderamount",
  "bestellsumme",
  "bestellwert",
  "gesamtbetragderbestellung",
  "gesamtsummederbestellung",
];

const PAID_WITH = [
  "paymentmethod",
  "paymentmethodtitle",
  "paymentmethodid",
  "zahlungsmethode",
  "titelderzahlungsmethode",
  "bezeichnungderzahlungsmethode",
];

/** Exports of WooCommerce: its own, and those of the common exporter plug-ins. The gateway keeps the charge id as the transaction id. */
export const WOOCOMMERCE: readonly OrderProfile[] = [
  {
    name: "woocommerce-analytics",
    title: "WooCommerce Analytics",
    source: "WooCommerce: Analytics, Orders, Download; get_export_columns of its reports orders controller",
    signature: [
      ["date", "datum"],
      ["order", "ordernumber", "bestellung", "bestellnr", "commande"],
      ["nrevenueformatted", "nettoumsatzformatiert", "numsatzformatiert"],
      "status",
    ],
    columns: {
      orderId: ["order", "ordernumber", "bestellung", "bestellnr", "commande"],
      amount: ["nrevenueformatted", "nettoumsatzformatiert", "numsatzformatiert"],
      currency: ["currency"],
      occurredAt: ["date", "datum"],
      status: ["status"],
    },
    paidWith: ["paymentmethod", "paymentmethodtitle"],
    statuses: STATUSES,
    signed: true,
    notice:
      "the Analytics export of WooCommerce does not say how an order was paid: every order was taken as paid with Amazon Pay",
  },
  {
    name: "woocommerce",
    title: "WooCommerce orders",
    source:
      "Plug-ins: Order/Customer CSV Export (SkyVerge), Advanced Order Export (AlgolPlus), Order Export & Order Import (WebToffee)",
    signature: [IDS, ["orderstatus", "status", "bestellstatus"], TOTAL, PAID_WITH],
    // BigCommerce has most of these names too, with the tax beside them.
    without: ["ordertotalinctax", "ordercurrencycode"],
    columns: {
      transactionId: ["transactionid", "ordertransactionid", "amazonchargeid"],
      permissionId: ["amazonchargepermissionid", "chargepermissionid"],
      orderId: IDS,
      amount: TOTAL,
      currency: ["ordercurrency", "currency", "currencycode", "wahrung", "waehrung"],
      occurredAt: [
        "paiddate",
        "datepaid",
        "orderpaiddate",
        "bezahltam",
        "orderdate",
        "datecreated",
        "completeddate",
        "bestelldatum",
        "date",
      ],
      status: ["orderstatus", "status", "bestellstatus"],
    },
    paidWith: PAID_WITH,
    itemsBelow: true,
    undatedRefunds: ["orderrefundamount", "refundedtotal", "orderrefundedtotal", "refundedamount"],
    statuses: STATUSES,
  },
  {
    name: "woocommerce-importer",
    title: "WooCommerce orders (importer columns)",
    source:
      "Columns that WooCommerce's REST API and its importer plug-ins share: id, status, total, payment_method, date_paid",
    signature: [
      ["id", "orderid", "ordernumber"],
      "status",
      "total",
      ["paymentmethod", "paymentmethodtitle"],
      ["datepaid", "paiddate", "datecreated", "datepaidgmt", "datecreatedgmt"],
    ],
    columns: {
      transactionId: ["transactionid"],
      orderId: ["ordernumber", "number", "orderid", "id"],
      amount: ["total"],
      currency: ["currency"],
      occurredAt: ["datepaidgmt", "datepaid", "paiddate", "datecreatedgmt", "datecreated"],
      status: ["status"],
    },
    paidWith: ["paymentmethod", "paymentmethodtitle"],
    itemsBelow: true,
    undatedRefunds: ["refundedtotal", "totalrefunded"],
    statuses: STATUSES,
  },
];
