import type { BankLayout } from "../layout.ts";
import { names } from "./columns.ts";

const OFX_AUSTRIAN = "https://github.com/nblock/ofxstatement-austrian";
const BANK2YNAB = "https://github.com/bank2ynab/bank2ynab/blob/develop/bank2ynab.conf";

const UBS =
  "https://github.com/BananaAccounting/Switzerland/blob/master/ImportApps/ubs_import_bank_statement_csv/ch.banana.switzerland.import.ubs.js";

const AUSTRIAN = { country: "at", separator: ";", decimal: ",", dates: ["dd.mm.yyyy"] } as const;
const SWISS = { country: "ch", separator: ";", decimal: "." } as const;

/** Banks of Austria and Switzerland. */
export const AT_CH: readonly BankLayout[] = [
  {
    ...AUSTRIAN,
    name: "erste-george",
    title: "Erste Bank und Sparkassen (George)",
    separator: ",",
    header: names("Eigener Kontoname,Eigene IBAN,Buchungsdatum,Partnername,Partner IBAN,Betrag,Währung", ","),
    own: ["Eigener Kontoname"],
    source: "https://github.com/firefly-iii/import-configurations/tree/main/at/erstebank",
  },
  {
    ...AUSTRIAN,
    name: "easybank",
    title: "easybank, BAWAG (without column names)",
    header: [],
    encoding: "windows-1252",
    columns: { bankAccount: "1", text: "2", bookedAt: "3", valueAt: "4", amount: "5", currency: "6" },
    source: `${OFX_AUSTRIAN}/blob/master/src/ofxstatement/plugins/easybank.py`,
  },
  {
    ...AUSTRIAN,
    name: "raiffeisen-at",
    title: "Raiffeisen ELBA (without column names)",
    header: [],
    columns: { bookedAt: "1", text: "2", valueAt: "3", amount: "4", currency: "5" },
    source: `${OFX_AUSTRIAN}/blob/master/src/ofxstatement/plugins/raiffeisen.py`,
  },
  {
    ...AUSTRIAN,
    name: "oberbank",
    title: "Oberbank",
    header: names("Buchungsdatum;Wertstellung;Betrag;Währung;Auftraggebername;Empfängername;Text;Verwendungszweck"),
    encoding: "windows-1252",
    columns: { payer: "Auftraggebername", payee: "Empfängername", bankAccount: null },
    source: `${OFX_AUSTRIAN}/blob/master/src/ofxstatement/plugins/oberbank.py`,
  },
  {
    ...AUSTRIAN,
    name: "ing-at",
    title: "ING (Austria)",
    header: names("Kontonummer;Text;Datum;Währung;Soll;Haben"),
    encoding: "windows-1252",
    columns: { bankAccount: "Kontonummer" },
    source: `${OFX_AUSTRIAN}/blob/master/src/ofxstatement/plugins/ingdiba.py`,
  },
  {
    ...SWISS,
    name: "ubs",
    title: "UBS (Switzerland)",
    header: names("Abschlussdatum;Abschlusszeit;Buchungsdatum;Valutadatum;Währung;Belastung;Gutschrift;Einzelbetrag"),
    dates: ["yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy"],
    columns: { bookedAt: "Buchungsdatum", bankAccount: null },
    parts: "Einzelbetrag",
    source: BANK2YNAB,
  },
  {
    ...SWISS,
    name: "ubs-en",
    title: "UBS (Switzerland), in English",
    header: names("Trade date;Trade time;Booking date;Value date;Currency;Debit;Credit;Individual amount"),
    dates: ["yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy"],
    columns: { bookedAt: "Booking date", bankAccount: null },
    parts: "Individual amount",
    source: UBS,
  },
  {
    ...SWISS,
    name: "ubs-fr",
    title: "UBS (Switzerland), in French",
    header: names(
      "Date de transaction;Heure de transaction;Date de comptabilisation;Date de valeur;Monnaie;Débit;Crédit;Sous-montant",
    ),
    dates: ["yyyy-mm-dd", "dd.mm.yyyy", "dd/mm/yyyy"],
    columns: { bookedAt: "Date de comptabilisation", bankAccount: null },
    parts: "Sous-montant",
    source: UBS,
  },
  {
    ...SWISS,
    name: "ubs-2019-fr",
    title: "UBS (Switzerland), in French, until 2021",
    header: names("Produit;Monn.;Date de valeur;Description 1;Description 2;Description 3;Débit;Crédit"),
    dates: ["dd.mm.yyyy"],
    encoding: "windows-1252",
    source: "https://github.com/reubano/csv2ofx/blob/master/data/test/ubs-ch-fr_trimmed.csv",
  },
  {
    ...SWISS,
    name: "postfinance",
    title: "PostFinance",
    // The currency stands in the names of the amounts.
    header: names("Avisierungstext;Valuta"),
    dates: ["dd.mm.yyyy", "yyyy-mm-dd"],
    columns: { valueAt: "Valuta" },
    source: "https://github.com/ast3150/postfinance2ynab",
  },
  {
    ...SWISS,
    name: "raiffeisen-ch",
    title: "Raiffeisen (Switzerland)",
    header: names("IBAN;Booked At;Text;Credit/Debit Amount;Balance;Valuta Date"),
    dates: ["yyyy-mm-dd", "dd.mm.yyyy"],
    currency: "CHF",
    columns: { amount: "Credit/Debit Amount", valueAt: "Valuta Date", bankAccount: "IBAN" },
    encoding: "windows-1252",
    source: "https://github.com/firefly-iii/import-configurations/blob/main/ch/raiffeisen/default.json",
  },
  {
    ...SWISS,
    name: "neon",
    title: "neon",
    header: names("Date;Amount;Original amount;Original currency;Exchange rate;Description;Subject;Category;Tags"),
    dates: ["yyyy-mm-dd"],
    currency: "CHF",
    source: BANK2YNAB,
  },
];
