import type { StatusNames } from "../statuses.ts";
import type { OrderProfile } from "./profile.ts";

/** Default states and statuses of Magento 2 (module-sales, install data), and their names in its language packs. */
const STATUSES: StatusNames = {
  captured:
    "complete|processing|Vollständig|Abgeschlossen|In Bearbeitung|Verarbeitung|Terminée|Terminé|En cours|Completo|Completato|In lavorazione|Procesando|En cours de traitement|In elaborazione|Voltooid|Bezig met verwerken|完了|処理中",
  pending:
    "pending|pending payment|pending paypal|payment review|holded|on hold|new|amazon pending|Ausstehend|Zahlung ausstehend|Zahlungsprüfung|Zahlungsüberprüfung|Angehalten|En attente|En attente de paiement|Suspendue|In attesa|Pendiente|Bloquée|Vérification du paiement|Pagamento in attesa|In sospeso|Rivedi Pagamento|Pago pendiente|En espera|Revisión de pago|In afwachting|In afwachting van de betaling|Wordt vastgehouden|Betalingscontrole|処理待ち|未支払|保留|決済レビュー",
  // A fraud is only suspected: the order waits for a person.
  authorized:
    "fraud|suspected fraud|Betrugsverdacht|Verdacht auf Betrug|Fraude suspectée|Suspicion de fraude|Sospetta frode|Sospechas de acto fraudulento|Verdacht van fraude|詐欺の疑い",
  canceled:
    "canceled|cancelled|canceled ogone|paypal canceled reversal|paypal reversed|Storniert|Abgebrochen|Annulée|Annullato|Cancellato|Cancelado|Geannuleerd|キャンセル済",
  refunded: "closed|Geschlossen|Fermée|Chiuso|Cerrado|Gesloten|クローズド",
};

const PAID_WITH = [
  "paymentmethod",
  "method",
  "zahlungsmethode",
  "zahlungsart",
  "zahlart",
  "modedepaiement",
  "metododepago",
  "metododipagamento",
  "betaalmethode",
  "お支払方法",
  "支払方法",
];

const PURCHASED_AT = [
  "purchasedate",
  "createdat",
  "kaufdatum",
  "bestelldatum",
  "gekauftam",
  "datedachat",
  "datadiacquisto",
  "dataacquisto",
  "fechadecompra",
  "aankoopdatum",
  "購入日",
];

/** What the buyer paid comes before what it is in the currency of the shop. */
const TOTAL = [
  "grandtotalpurchased",
  "gesamtsummeeinkauf",
  "gesamtbetraggekauft",
  "gesamtsummegekauft",
  "totalgeneralachete",
  "totalcommande",
  "totalfinalachete",
  "totalecomplessivoacquistato",
  "grantotalcomprado",
  "totalgeneralcomprado",
  "eindtotaalgekocht",
  "合計購入",
  "総計購入",
  "grandtotal",
];

const ID = ["incrementid", "id", "bestellnummer", "identifiant", "numerodeidentificacionid", "entityid"];

const INVOICED_AT = [
  "invoicedate",
  "rechnungsdatum",
  "datedefacturation",
  "datafattura",
  "fechadelafactura",
  "factuurdatum",
  "請求日",
];

const INVOICED_ORDER = [
  "ordernumber",
  "order",
  "bestellung",
  "commanden",
  "commande",
  "ordinen",
  "pedidon",
  "ordernr",
  "注文",
];

const INVOICED = [
  "grandtotalpurchased",
  "amount",
  "grandtotalbase",
  "gesamtsummebasis",
  "totalgeneralbase",
  "totaldevisedebase",
  "totalecomplessivobase",
  "grantotalbase",
  "eindtotaalbasis",
  "合計ベース",
];

const STATUS = ["status", "statut", "stato", "estatus", "estado", "ステータス"];

/** Exports of Magento 2 and Adobe Commerce. */
export const MAGENTO: readonly OrderProfile[] = [
  {
    name: "magento",
    title: "Magento orders",
    source:
      "Magento 2, Adobe Commerce: Sales, Orders, Export; the columns of its sales_order_grid, and of sales_order; their names in the language packs of github.com/mageplaza and github.com/splendidinternet",
    signature: [PURCHASED_AT, TOTAL, ID, STATUS],
    columns: {
      orderId: ID,
      amount: TOTAL,
      currency: ["ordercurrencycode", "currency"],
      occurredAt: PURCHASED_AT,
      status: STATUS,
    },
    paidWith: PAID_WITH,
    undatedRefunds: [
      "totalrefunded",
      "gesamterstattung",
      "summeerstattet",
      "totalrembourse",
      "totalerimborsato",
      "totalreembolsado",
      "totaalterugbetaald",
      "返金合計",
    ],
    statuses: STATUSES,
  },
  {
    name: "magento-invoices",
    title: "Magento invoices",
    source: "Magento 2, Adobe Commerce: Sales, Invoices, Export; the columns of its sales_invoice_grid",
    signature: [
      ["invoice", "invoicenumber", "rechnung", "facturer", "facture", "fattura", "factura", "factuur", "請求"],
      INVOICED_AT,
      INVOICED_ORDER,
      INVOICED,
    ],
    columns: {
      orderId: INVOICED_ORDER,
      amount: INVOICED,
      occurredAt: INVOICED_AT,
      status: STATUS,
    },
    paidWith: PAID_WITH,
    statuses: {
      captured: "paid|bezahlt|payée|payé|pagata|pagato|pagada|pagado|betaald|支払済み",
      pending: "open|offen|ouverte|aperta|abierta|pendiente|open",
      canceled: "canceled|storniert|annulée|cancellato|cancelado|geannuleerd",
    },
  },
];
