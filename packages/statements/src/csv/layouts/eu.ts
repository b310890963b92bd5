import type { BankLayout } from "../layout.ts";
import { names, publicCode } from "./columns.ts";

const POINT = { country: "eu", separator: ",", decimal: ".", dates: ["yyyy-mm-dd"] } as const;

/** Revolut writes its column names in the language of its app, and the rest as in English. */
function revolut(
  language: string,
  title: string,
  header: string,
  columns: BankLayout["columns"],
  fee: string,
): BankLayout {
  return {
    ...POINT,
    name: `revolut-${language}`,
    title: `Revolut, in ${title}`,
    header: names(header, ","),
    columns: { ...columns, bankAccount: null },
    fee,
    source: publicCode(header),
  };
}

/** PayPal writes days and amounts as the country of the account has them, whatever the language: they have to be said. */
function paypal(language: string, title: string, header: string, columns: BankLayout["columns"]): BankLayout {
  return {
    country: "eu",
    separator: ",",
    dates: [],
    name: language === "en" ? "paypal" : `paypal-${language}`,
    title: `PayPal, in ${title}`,
    header: names(header, ","),
    columns: { bankAccount: null, ...columns },
    source: "https://github.com/simonmichael/hledger/blob/master/examples/csv/paypal/paypal.csv",
  };
}

const REVOLUT_BUSINESS: BankLayout["columns"] = {
  bookedAt: "Date completed (UTC)",
  currency: "Payment currency",
  amount: "Amount",
  reference: ["ID", "Reference"],
  // The person of the own firm who paid.
  payer: null,
  bankAccount: null,
};

/** Accounts that are offered in several countries, in their languages. */
export const EU: readonly BankLayout[] = [
  revolut(
    "de",
    "German",
    "Produkt,Datum des Abschlusses,Beschreibung,Betrag,Gebühr,Währung,Status",
    { bookedAt: "Datum des Abschlusses" },
    "Gebühr",
  ),
  revolut(
    "fr",
    "French",
    "Type,Produit,Date de début,Date de fin,Description,Montant,Frais,Devise,État",
    { bookedAt: "Date de fin", status: "État" },
    "Frais",
  ),
  revolut(
    "es",
    "Spanish",
    "Tipo,Producto,Fecha de inicio,Fecha de finalización,Descripción,Importe,Comisión,Divisa",
    { bookedAt: "Fecha de finalización" },
    "Comisión",
  ),
  revolut(
    "it",
    "Italian",
    "Tipo,Prodotto,Data di inizio,Data di completamento,Descrizione,Importo,Costo,Valuta",
    { bookedAt: "Data di completamento", currency: "Valuta", valueAt: null },
    "Costo",
  ),
  revolut(
    "nl",
    "Dutch",
    "Type,Product,Startdatum,Datum voltooid,Beschrijving,Bedrag,Kosten,Valuta",
    { bookedAt: "Datum voltooid", currency: "Valuta", valueAt: null },
    "Kosten",
  ),
  {
    ...POINT,
    name: "revolut-business",
    title: "Revolut Business",
    header: names(
      "Date started (UTC),Date completed (UTC),ID,Type,Description,Reference,Payer,Payment currency,Amount",
      ",",
    ),
    dates: ["yyyy-mm-dd", "dd/mm/yyyy"],
    columns: REVOLUT_BUSINESS,
    fee: "Fee",
    own: ["Account"],
    source:
      "https://github.com/BananaAccounting/Universal/blob/master/extensions/import/revolut/ch.banana.uni.import.revolut.js",
  },
  {
    ...POINT,
    name: "revolut-business-2024",
    title: "Revolut Business, with the amount after fees",
    header: names(
      "Date started (UTC),Date completed (UTC),ID,Type,Description,Reference,Payer,Payment currency,Amount,Total amount",
      ",",
    ),
    dates: ["yyyy-mm-dd", "dd/mm/yyyy"],
    columns: { ...REVOLUT_BUSINESS, amount: "Total amount" },
    own: ["Account"],
    source: publicCode("Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,Balance"),
  },
  paypal("en", "English", "Date,Time,TimeZone,Currency,Gross,Fee,Net,Transaction ID", {
    amount: "Net",
    status: ["Status", "Balance Impact"],
  }),
  paypal("de", "German", "Datum,Uhrzeit,Zeitzone,Währung,Brutto,Netto,Transaktionscode", {
    amount: "Netto",
    reference: ["Transaktionscode", "Zugehöriger Transaktionscode"],
    status: ["Status", "Auswirkung auf Guthaben"],
  }),
  paypal("fr", "French", "Date,Heure,Fuseau horaire,Devise,Avant commission,Commission,Net,Numéro de transaction", {
    amount: "Net",
    reference: "Numéro de transaction",
    counterparty: "Nom",
    status: ["État", "Impact sur le solde"],
  }),
  paypal("it", "Italian", "Data,Fuso orario,Valuta,Lordo,Tariffa,Netto", {
    amount: "Netto",
    currency: "Valuta",
    valueAt: null,
    reference: "Codice transazione",
    counterparty: "Nome",
    status: ["Stato", "Impatto sul saldo"],
  }),
];
