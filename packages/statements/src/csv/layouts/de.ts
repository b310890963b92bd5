import type { BankLayout } from "../layout.ts";
import { names, publicCode } from "./columns.ts";

const RECHNUNGSFEE = "https://github.com/nicolettas-muggelbude/RechnungsFee/tree/main/vorlagen/bank-csv";
const BANK2YNAB = "https://github.com/bank2ynab/bank2ynab/blob/develop/bank2ynab.conf";

const SEMICOLON = { country: "de", separator: ";", decimal: ",", dates: ["dd.mm.yyyy", "dd.mm.yy"] } as const;

/** Banks of Germany. */
export const DE: readonly BankLayout[] = [
  {
    ...SEMICOLON,
    name: "sparkasse-camt",
    title: "Sparkassen, CSV-CAMT",
    header: names(
      "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Kundenreferenz (End-to-End);" +
        "Beguenstigter/Zahlungspflichtiger;Kontonummer/IBAN;Betrag;Waehrung;Info",
    ),
    dates: ["dd.mm.yy", "dd.mm.yyyy"],
    encoding: "windows-1252",
    columns: { status: "Info" },
    source: `${RECHNUNGSFEE}/sparkasse-lzo-camt-v2.csv`,
  },
  {
    ...SEMICOLON,
    name: "sparkasse-mt940",
    title: "Sparkassen, CSV-MT940",
    header: names(
      "Auftragskonto;Buchungstag;Valutadatum;Buchungstext;Verwendungszweck;Beguenstigter/Zahlungspflichtiger;" +
        "Kontonummer;BLZ;Betrag;Waehrung;Info",
    ),
    dates: ["dd.mm.yy", "dd.mm.yyyy"],
    encoding: "windows-1252",
    columns: { status: "Info" },
    source: `${RECHNUNGSFEE}/sparkasse-lzo-mt940.csv`,
  },
  {
    ...SEMICOLON,
    name: "dkb",
    title: "DKB",
    header: names(
      "Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;Verwendungszweck;Umsatztyp;IBAN;Betrag (€)",
    ),
    dates: ["dd.mm.yy", "dd.mm.yyyy"],
    currency: "EUR",
    columns: { bankAccount: null },
    source: `${RECHNUNGSFEE}/dkb.csv`,
  },
  {
    ...SEMICOLON,
    name: "dkb-2022",
    title: "DKB, until 2023",
    header: names(
      "Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Kontonummer;BLZ;Betrag (EUR)",
    ),
    encoding: "windows-1252",
    currency: "EUR",
    columns: { bankAccount: null },
    source: `${RECHNUNGSFEE}/TEMPLATE.md`,
  },
  {
    ...SEMICOLON,
    name: "ing-de",
    title: "ING (Germany)",
    header: names("Buchung;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Betrag;Währung"),
    encoding: "windows-1252",
    own: ["Währung"],
    source: `${RECHNUNGSFEE}/ing.csv`,
  },
  {
    ...SEMICOLON,
    name: "volksbank",
    title: "Volksbanken, Raiffeisenbanken, Sparda-Banken, GLS",
    header: names(
      "Bezeichnung Auftragskonto;IBAN Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto;Buchungstag;Valutadatum;" +
        "Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Buchungstext;Verwendungszweck;Betrag;Waehrung",
    ),
    own: names("Bezeichnung Auftragskonto;BIC Auftragskonto;Bankname Auftragskonto"),
    source: `${RECHNUNGSFEE}/vr-teilhaberbank.csv`,
  },
  {
    ...SEMICOLON,
    name: "volksbank-2018",
    title: "Volksbanken and Raiffeisenbanken, until 2019",
    header: names(
      "Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Empfänger/Zahlungspflichtiger;Konto-Nr.;IBAN;BLZ;BIC;" +
        "Vorgang/Verwendungszweck;Kundenreferenz;Währung;Umsatz",
    ),
    encoding: "windows-1252",
    // The column of S and H has no name.
    columns: { direction: "#13", counterparty: "Empfänger/Zahlungspflichtiger", bankAccount: null },
    source: BANK2YNAB,
  },
  {
    ...SEMICOLON,
    name: "gls-2017",
    title: "GLS Bank, until 2019",
    header: names("Kontonummer;Buchungstag;Wertstellung;Auftraggeber/Empfänger;Buchungstext;VWZ1;VWZ2;Betrag;Währung"),
    encoding: "windows-1252",
    columns: { bankAccount: "Kontonummer" },
    source: "https://github.com/reubano/csv2ofx/blob/master/data/test/gls.csv",
  },
  {
    ...SEMICOLON,
    name: "deutsche-bank",
    title: "Deutsche Bank, Postbank",
    header: names("Buchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;Soll;Haben;Währung"),
    encoding: "windows-1252",
    columns: { bankAccount: null },
    source: `${RECHNUNGSFEE}/postbank.csv`,
  },
  {
    ...SEMICOLON,
    name: "commerzbank",
    title: "Commerzbank",
    header: names("Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Kontoinhaber"),
    source: `${RECHNUNGSFEE}/commerzbank.csv`,
  },
  {
    ...SEMICOLON,
    name: "commerzbank-2019",
    title: "Commerzbank, until 2023",
    header: names("Buchungstag;Wertstellung;Umsatzart;Buchungstext;Betrag;Währung;IBAN Auftraggeberkonto"),
    columns: { bankAccount: "IBAN Auftraggeberkonto" },
    own: names("Auftraggeberkonto;Bankleitzahl Auftraggeberkonto"),
    source: "https://github.com/firefly-iii/import-configurations/blob/main/de/commerzbank/csv-giro.json",
  },
  {
    ...SEMICOLON,
    name: "comdirect",
    title: "comdirect",
    header: names("Buchungstag;Wertstellung (Valuta);Vorgang;Buchungstext;Umsatz in EUR"),
    encoding: "windows-1252",
    currency: "EUR",
    source: `${RECHNUNGSFEE}/README.md`,
  },
  {
    ...SEMICOLON,
    name: "hypovereinsbank",
    title: "HypoVereinsbank (UniCredit)",
    header: names("Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung"),
    columns: { bankAccount: "Kontonummer", counterparty: "Empfaenger 1" },
    source: publicCode("Kontonummer;Buchungsdatum;Valuta;Empfaenger 1;Empfaenger 2;Verwendungszweck;Betrag;Waehrung"),
  },
  {
    ...SEMICOLON,
    name: "consorsbank",
    title: "Consorsbank",
    header: names("Buchung;Valuta;Sender / Empfänger;Buchungstext;Verwendungszweck;Betrag in EUR"),
    currency: "EUR",
    columns: { counterparty: "Sender / Empfänger", bankAccount: null },
    source: BANK2YNAB,
  },
  {
    name: "n26",
    title: "N26",
    country: "de",
    header: names(
      "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,Account Name,Amount (EUR)",
      ",",
    ),
    separator: ",",
    decimal: ".",
    dates: ["yyyy-mm-dd"],
    currency: "EUR",
    own: ["Account Name"],
    source: "https://github.com/reubano/csv2ofx/blob/master/data/test/n26-fr.csv",
  },
  {
    name: "n26-2022",
    title: "N26, until 2023",
    country: "de",
    header: names("Date,Payee,Account number,Transaction type,Payment reference,Amount (EUR)", ","),
    separator: ",",
    decimal: ".",
    dates: ["yyyy-mm-dd"],
    currency: "EUR",
    // The account number is the payee's.
    columns: { bankAccount: null },
    source: "https://github.com/simonmichael/hledger/blob/master/examples/csv/banking/n26-main.rules",
  },
  {
    ...SEMICOLON,
    name: "dkb-card-2022",
    title: "DKB, cards, until 2023",
    header: names(
      "Umsatz abgerechnet und nicht im Saldo enthalten;Wertstellung;Belegdatum;Beschreibung;Betrag (EUR);Ursprünglicher Betrag",
    ),
    encoding: "windows-1252",
    currency: "EUR",
    columns: { bookedAt: "Wertstellung", valueAt: null },
    own: ["Umsatz abgerechnet und nicht im Saldo enthalten"],
    source: "https://github.com/siddhantgoel/beancount-dkb/blob/main/beancount_dkb/extractors/credit.py",
  },
  {
    ...SEMICOLON,
    name: "comdirect-card",
    title: "comdirect, cards",
    header: names("Buchungstag;Umsatztag;Vorgang;Referenz;Buchungstext;Umsatz in EUR"),
    encoding: "windows-1252",
    currency: "EUR",
    source: publicCode('"Buchungstag";"Umsatztag";"Vorgang";"Referenz";"Buchungstext";"Umsatz in EUR"'),
  },
  {
    ...SEMICOLON,
    name: "postbank-2017",
    title: "Postbank, until 2023",
    header: names("Buchungstag;Wertstellung;Umsatzart;Buchungsdetails;Auftraggeber;Empfänger;Betrag (€);Saldo (€)"),
    encoding: "windows-1252",
    currency: "EUR",
    source:
      "https://github.com/MirkoDziadzka/ofxstatement-germany/blob/master/germany_postbank/src/ofxstatement/plugins/germany_postbank.py",
  },
  {
    ...SEMICOLON,
    name: "1822direkt",
    title: "1822direkt",
    header: names(
      "Kontonummer;Buchungstag;Wertstellung;Soll/Haben;Buchungsschlüssel;Buchungsart;Empfänger/Auftraggeber Name;" +
        "Empfänger/Auftraggeber IBAN",
    ),
    encoding: "windows-1252",
    currency: "EUR",
    // The column that is called credit and debit has the amount with its sign.
    columns: {
      bankAccount: "Kontonummer",
      amount: "Soll/Haben",
      direction: null,
      counterparty: "Empfänger/Auftraggeber Name",
      reference: "End-to-End-Identifikation",
    },
    own: ["Datum/Zeit"],
    source: "https://github.com/mcpat/ofxstatement-1822direkt",
  },
  {
    ...SEMICOLON,
    name: "targobank",
    title: "TARGOBANK (without column names)",
    header: [],
    encoding: "windows-1252",
    currency: "EUR",
    columns: { bookedAt: "1", text: "2", debit: "3", credit: "4", bankAccount: "7" },
    source: `${RECHNUNGSFEE}/targobank-duesseldorf.csv`,
  },
];
