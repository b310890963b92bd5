import type { OrderProfile } from "./profile.ts";

/** Shop systems at home in Europe. */
export const EUROPE: readonly OrderProfile[] = [
  {
    name: "prestashop",
    title: "PrestaShop orders",
    source: "PrestaShop: Orders, Export; the columns of its order grid in five languages; default order states",
    signature: [
      ["id", "idorder"],
      ["reference", "referenz", "bestellreferenz", "riferimento", "referencia", "referentie"],
      ["total", "gesamt", "gesamtbetrag", "gesamtsumme", "totale", "totaal", "totalpaid"],
      ["payment", "zahlung", "zahlungsart", "paiement", "pagamento", "pago", "betaling", "paymentmethod"],
      ["date", "datum", "data", "fecha", "dateadd"],
    ],
    columns: {
      orderId: ["reference", "referenz", "bestellreferenz", "riferimento", "referencia", "referentie"],
      amount: ["total", "totalpaid", "gesamt", "gesamtbetrag", "gesamtsumme", "totale", "totaal"],
      currency: ["currency", "isocode", "devise", "wahrung"],
      occurredAt: ["date", "datum", "data", "fecha", "dateadd"],
      status: ["status", "etat", "stato", "estado", "osname", "statut", "currentstate"],
    },
    paidWith: ["payment", "zahlung", "zahlungsart", "paiement", "pagamento", "pago", "betaling", "paymentmethod"],
    statuses: {
      captured:
        "payment accepted|Zahlung eingegangen|Zahlung akzeptiert|Paiement accepté|Pagamento accettato|Pago aceptado|Betaling aanvaard|Betaling geaccepteerd|remote payment accepted|processing in progress|preparation in progress|shipped|delivered|Zahlung per Fernabfrage angenommen|Versandt|Versendet|Geliefert|Zugestellt|Vorbereitung läuft|Bestellung in Vorbereitung|Paiement à distance accepté|En cours de préparation|Expédié|Livré|Pagamento remoto accettato|Preparazione in corso|Spedito|Consegnato|Pago remoto aceptado|Preparación en curso|Enviado|Entregado|Verzonden|Afgeleverd|on backorder paid|5|4|3|2|11",
      pending:
        "awaiting check payment|awaiting bank wire payment|awaiting cash on delivery validation|waiting for payment|on backorder not paid|En attente de paiement|1|10|12|13",
      canceled: "canceled|cancelled|Storniert|Annulé|Annullato|Cancelado|Geannuleerd|6",
      declined:
        "payment error|Fehler bei der Bezahlung|Zahlungsfehler|Erreur de paiement|Errore di pagamento|Error en pago|Error de pago|Betalingsfout|8",
      refunded: "refunded|Erstattet|Rückerstattet|Remboursé|Rimborsato|Reembolsado|Terugbetaald|7",
      "partially-refunded":
        "partial refund|partially refunded|Teilerstattung|Teilweise erstattet|Remboursement partiel|Rimborso parziale|Reembolso parcial",
    },
  },
  {
    name: "oxid",
    title: "OXID orders",
    source: "OXID eShop: columns of its table oxorder, as its exports name them; states OXTRANSSTATUS",
    signature: ["oxordernr", "oxtotalordersum"],
    columns: {
      transactionId: ["oxtransid"],
      orderId: ["oxordernr"],
      amount: ["oxtotalordersum"],
      currency: ["oxcurrency"],
      occurredAt: ["oxpaid", "oxorderdate"],
      status: ["oxtransstatus"],
    },
    paidWith: ["oxpaymenttype", "oxpaymentid", "paymentdesc", "oxdesc"],
    itemsBelow: true,
    statuses: {
      captured: "ok|finished|paid",
      pending: "not finished|in progress|new|pending",
      declined: "error|payment failed",
      canceled: "cancelled|storno",
    },
  },
  {
    name: "plentymarkets",
    title: "plentymarkets orders",
    source: "plentymarkets (PlentyONE): order exports of its formats, German and English field names",
    signature: [
      ["auftragsid", "auftragid", "orderid"],
      [
        "gesamtbetragbrutto",
        "rechnungsbetrag",
        "gesamtsummebrutto",
        "gesamtbruttobetrag",
        "totalgross",
        "grossamount",
        "invoiceamountgross",
      ],
      ["zahlungsart", "paymentmethod", "methodofpayment"],
    ],
    columns: {
      transactionId: ["transaktionsid", "transactionid", "externetransaktionsid"],
      orderId: ["externeauftragsnummer", "externeauftragsid", "externalorderid", "auftragsid", "auftragid", "orderid"],
      amount: [
        "gesamtbetragbrutto",
        "rechnungsbetrag",
        "gesamtsummebrutto",
        "gesamtbruttobetrag",
        "totalgross",
        "grossamount",
        "invoiceamountgross",
      ],
      currency: ["wahrung", "currency"],
      occurredAt: [
        "zahlungsdatum",
        "zahlungseingang",
        "bezahltam",
        "paymentdate",
        "auftragsdatum",
        "erstelldatum",
        "orderdate",
        "createdat",
      ],
      status: ["zahlungsstatus", "paymentstatus"],
    },
    paidWith: ["zahlungsart", "paymentmethod", "methodofpayment"],
    itemsBelow: true,
    statuses: {
      captured: "Bezahlt|Vollständig bezahlt|fully paid|overpaid|Überbezahlt|Teilweise bezahlt|partially paid",
      pending: "Unbezahlt|Offen|unpaid|Vorausbezahlung|prepaid",
    },
  },
  {
    name: "jtl",
    title: "JTL orders",
    source: "JTL-Wawi and JTL-Shop: order exports with its field names (Auftragsnummer; cBestellNr of tbestellung)",
    signature: [
      ["auftragsnummer", "cbestellnr", "externeauftragsnummer", "bestellnummer"],
      ["gesamtbruttopreis", "gesamtbrutto", "bruttogesamtsumme", "fgesamtsumme", "auftragswertbrutto", "gesamtsumme"],
      ["zahlungsart", "czahlungsartname"],
    ],
    columns: {
      transactionId: ["transaktionsid", "zahlungsreferenz"],
      orderId: ["externeauftragsnummer", "cbestellnr", "auftragsnummer", "bestellnummer"],
      amount: [
        "gesamtbruttopreis",
        "gesamtbrutto",
        "bruttogesamtsumme",
        "fgesamtsumme",
        "auftragswertbrutto",
        "gesamtsumme",
      ],
      currency: ["wahrung", "cwaehrung", "waehrung", "iso"],
      occurredAt: [
        "bezahltam",
        "zahlungsdatum",
        "dbezahltdatum",
        "auftragsdatum",
        "bestelldatum",
        "erstelltam",
        "derstellt",
      ],
      status: ["zahlungsstatus", "cstatus"],
    },
    paidWith: ["zahlungsart", "czahlungsartname"],
    itemsBelow: true,
    statuses: {
      captured: "Bezahlt|Komplett bezahlt|Teilbezahlt|Teilweise bezahlt|3|4|5",
      pending: "Offen|Nicht bezahlt|Unbezahlt|In Bearbeitung|1|2",
    },
  },
];
