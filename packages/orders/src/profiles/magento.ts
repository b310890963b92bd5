import type { StatusNames } from "../statuses.ts";
import type { OrderProfile } from "./profile.ts";

/** Default states and statuses of Magento 2 (module-sales, install data), and their German, French, Italian and Spanish names. */
const STATUSES: StatusNames = {
  captured:
    "complete|processing|Vollständig|Abgeschlossen|In Bearbeitung|Verarbeitung|Terminée|Terminé|En cours|Completo|Completato|In lavorazione|Procesando",
  pending:
    "pending|pending payment|pending paypal|payment review|holded|on hold|new|amazon pending|Ausstehend|Zahlung ausstehend|Zahlungsprüfung|Zahlungsüberprüfung|Angehalten|En attente|En attente de paiement|Suspendue|In attesa|Pendiente",
  // A fraud is only suspected: the order waits for a person.
  authorized: "fraud|suspected fraud|Betrugsverdacht|Verdacht auf Betrug",
  canceled:
    "canceled|cancelled|canceled ogone|paypal canceled reversal|paypal reversed|Storniert|Abgebrochen|Annulée|Annullato|Cancelado",
  refunded: "closed|Geschlossen|Fermée|Chiuso|Cerrado",
};

const PAID_WITH = [
  "paymentmethod",
  "method",
  "zahlungsmethode",
  "zahlungsart",
  "zahlart",
  "modedepaiement",
  "metododepago",
];

/** Exports of Magento 2 and Adobe Commerce. */
export const MAGENTO: readonly OrderProfile[] = [
  {
    name: "magento",
    title: "Magento orders",
    source: "Magento 2, Adobe Commerce: Sales, Orders, Export; the columns of its sales_order_grid, and of sales_order",
    signature: [
      ["purchasedate", "createdat", "kaufdatum", "bestelldatum", "gekauftam"],
      ["grandtotalpurchased", "grandtotal", "gesamtsummeeinkauf", "gesamtbetraggekauft", "gesamtsummegekauft"],
      ["id", "incrementid", "entityid", "bestellnummer"],
      "status",
    ],
    columns: {
      orderId: ["incrementid", "id", "bestellnummer"],
      amount: ["grandtotalpurchased", "grandtotal", "gesamtsummeeinkauf", "gesamtbetraggekauft", "gesamtsummegekauft"],
      currency: ["ordercurrencycode", "currency"],
      occurredAt: ["purchasedate", "createdat", "kaufdatum", "bestelldatum", "gekauftam"],
      status: ["status"],
    },
    paidWith: PAID_WITH,
    undatedRefunds: ["totalrefunded", "gesamterstattung", "summeerstattet"],
    statuses: STATUSES,
  },
  {
    name: "magento-invoices",
    title: "Magento invoices",
    source: "Magento 2, Adobe Commerce: Sales, Invoices, Export; the columns of its sales_invoice_grid",
    signature: [
      ["invoice", "invoicenumber"],
      ["invoicedate"],
      ["order", "ordernumber"],
      ["grandtotalbase", "grandtotalpurchased", "amount"],
    ],
    columns: {
      orderId: ["ordernumber", "order"],
      amount: ["grandtotalpurchased", "amount", "grandtotalbase"],
      occurredAt: ["invoicedate"],
      status: ["status"],
    },
    paidWith: PAID_WITH,
    statuses: { captured: "paid", pending: "open", canceled: "canceled" },
  },
];
