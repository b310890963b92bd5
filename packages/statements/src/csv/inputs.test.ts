import { describe, expect, it } from "vitest";
import { digest } from "../conformance/digest.ts";
import type { StatementOptions } from "../options.ts";

/** Longer sentences are compared by their beginning. */
const SHOWN = 150;

type Row = readonly [what: string, file: string | Buffer, options: StatementOptions, reading: readonly string[]];

/** Files of the kinds that people have, and what reads of each; what has two readings is refused with the option that decides. */
const INPUTS: readonly Row[] = [
  [
    "lines that a spreadsheet has put in quotes as a whole",
    'Buchungstag;Verwendungszweck;Betrag;Währung\n"05.10.2026;AMAZON ""PAY"";1.250,07;EUR"\n06.10.2026;x;5;EUR\n"see; below"\n',
    {},
    [
      "csv - EUR - -",
      '2: 2026-10-05 1250.07 EUR [] AMAZON "PAY"',
      "3: 2026-10-06 5.00 EUR [] x",
      "4: skipped text beside the table",
      "2 lines, 0 errors, 1 skipped",
    ],
  ],
  [
    "a separator that is not the file's",
    "Date;Amount;Currency\n2026-10-05;1.00;EUR\n",
    { separator: "," },
    [
      "option.needed --separator",
      "line 1: with --separator ',' no line has the columns of a statement; most likely it is --separator ';': Date, Amount, Currency",
    ],
  ],
  [
    "pipes",
    "Date|Amount|Currency|Text\n2026-10-05|1.00|EUR|a,b;c\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 1.00 EUR [] a,b;c", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "tabs",
    "Date\tAmount\tCurrency\tText\n2026-10-05\t1,5\tEUR\tx\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 1.50 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "quoted newline text",
    'Date,Amount,Currency,Text\n2026-10-05,1.00,EUR,"line one\nline two"\n2026-10-06,2.00,EUR,x\n',
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 1.00 EUR [] line one line two",
      "4: 2026-10-06 2.00 EUR [] x",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "unclosed quote",
    'Date,Amount,Currency,Text\n2026-10-05,1.00,EUR,"open\n2026-10-06,2.00,EUR,x\n',
    {},
    [
      "2: line.damaged a quote is opened here and never closed: the lines below were not read",
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "unclosed quote swallow",
    'Date,Text,Amount,Currency\n2026-10-05,"open,1.00,EUR\n2026-10-06,"x",2.00,EUR\n',
    {},
    [
      "2: line.damaged the line is damaged: a quote stands where none may be",
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "unquoted thousands",
    "Date,Description,Amount\n2026-10-05,X,1,250.07\n",
    { currency: "USD" },
    [
      "2: line.damaged the line has 4 cells, but the header names 3 columns: a separator within a cell that is not quoted",
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "1,250 with comma decimals",
    "Date;Amount;Currency;Text\n2026-10-05;1,250;EUR;x\n",
    {},
    [
      "option.needed --decimal",
      'line 2: "1,250" is 1250 EUR with a decimal point and 1.250 EUR with a decimal comma: say which with --decimal . or --decimal ,',
    ],
  ],
  [
    "a blank that is no group",
    "Date;Amount;Currency;Text\n2026-10-05;10 50;EUR;x\n",
    {},
    [
      '2: line.amount "10 50" may be 10.50 or 1050: a blank stands between groups of three digits only; write the amount without it, and its decimals after t',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "yen have no decimals, so a point is a group",
    "Date,Amount,Currency,Text\n2026-10-05,12.500,JPY,x\n",
    {},
    ["csv - JPY - -", "2: 2026-10-05 12500 JPY [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "three decimals or a group",
    "Date,Amount,Currency,Text\n2026-10-05,1.234,KWD,x\n",
    {},
    [
      "option.needed --decimal",
      'line 2: "1.234" is 1.234 KWD with a decimal point and 1234 KWD with a decimal comma: say which with --decimal . or --decimal ,',
    ],
  ],
  [
    "apostrophes",
    'Date,Amount,Currency,Text\n2026-10-05,1\'250.07,CHF,x\n2026-10-05,"1’250.07",CHF,x\n',
    {},
    [
      "csv - CHF - -",
      "2: 2026-10-05 1250.07 CHF [] x",
      "3: 2026-10-05 1250.07 CHF [] x",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "the minus sign of typesetters",
    "Date,Amount,Currency,Text\n2026-10-05,−25.00,EUR,x\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 -25.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "triangles",
    "日付,摘要,金額\n2026/10/05,x,△1250\n",
    { currency: "JPY" },
    ["csv - JPY - -", "2: 2026-10-05 -1250 JPY [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "S and H",
    "Buchungstag;Betrag;S/H;Währung;Verwendungszweck\n05.10.2026;25,00;S;EUR;x\n05.10.2026;25,00;H;EUR;y\n05.10.2026;25,00;;EUR;z\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 -25.00 EUR [] x",
      "3: 2026-10-05 25.00 EUR [] y",
      "4: line.direction the column that says credit or debit is empty",
      "2 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "soll haben word unknown",
    "Date,Amount,Currency,Debit/Credit,Text\n2026-10-05,25.00,EUR,Verlaagd,x\n",
    {},
    [
      "option.needed --debit-word",
      'line 2: whether "Verlaagd" is a credit or a debit is not known: name the word for debits with --debit-word WORD',
    ],
  ],
  [
    "debit word",
    "Date,Amount,Currency,Debit/Credit,Text\n2026-10-05,25.00,EUR,Verlaagd,x\n2026-10-05,25.00,EUR,Verhoogd,x\n",
    { debitWords: ["verlaagd"] },
    ["csv - EUR - -", "2: 2026-10-05 -25.00 EUR [] x", "3: 2026-10-05 25.00 EUR [] x", "2 lines, 0 errors, 0 skipped"],
  ],
  [
    "map direction",
    "Date,Amount,Currency,Kind,Text\n2026-10-05,25.00,EUR,D,x\n2026-10-05,25.00,EUR,C,y\n",
    { map: { direction: "Kind" } },
    ["csv - EUR - -", "2: 2026-10-05 -25.00 EUR [] x", "3: 2026-10-05 25.00 EUR [] y", "2 lines, 0 errors, 0 skipped"],
  ],
  [
    "credit with minus & C",
    "Date,Amount,Currency,D/C,Text\n2026-10-05,-25.00,EUR,C,x\n",
    {},
    [
      '2: line.direction "C" says credit, but the amount -25.00 has a minus',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "both columns filled",
    "Date,Credit,Debit,Currency,Text\n2026-10-05,5.00,3.00,EUR,x\n",
    {},
    [
      "2: line.direction both columns are filled: credit 5.00, debit 3.00",
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "mixed debit sign",
    "Date,Credit,Debit,Currency,Text\n2026-10-05,,3.00,EUR,x\n2026-10-06,,-4.00,EUR,x\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 -3.00 EUR [] x",
      "3: line.direction the debit column has amounts with a minus and without (line 2): whether this one came back is not said; correct the line, or ask the",
      "1 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "debit trailing minus",
    "Date,Credit,Debit,Currency,Text\n2026-10-05,,25.00-,EUR,x\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 -25.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "year 0026",
    "Date,Amount,Currency,Text\n0026-02-03,1.00,EUR,x\n",
    {},
    [
      '2: line.date "0026-02-03" is in the year 26: years from 1900 to 2199 are read',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "mixed date sep",
    "Date,Amount,Currency,Text\n2026-01/05,1.00,EUR,x\n",
    {},
    [
      '2: line.date cannot read "2026-01/05" as a day: expected 2026-01-31 or one of the forms that --date-format names, such as dd.mm.yyyy, dd/mm/yyyy, mm/d',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "30 feb",
    "Date,Amount,Currency,Text\n2026-02-30,1.00,EUR,x\n",
    {},
    ['2: line.date "2026-02-30" is a day that no calendar has', "csv - - - -", "0 lines, 1 errors, 0 skipped"],
  ],
  [
    "more than 64 bits hold",
    "Date,Amount,Currency,Text\n2026-02-03,92233720368547758.08,EUR,x\n",
    {},
    [
      '2: line.amount "92233720368547758.08" is larger than any amount that 64 bits hold',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "unknown ccy",
    "Date,Amount,Currency,Text\n2026-02-03,1.00,BTC,x\n",
    {},
    [
      '2: line.currency unknown currency "BTC": expected an ISO 4217 code such as EUR; where it is none (a crypto-asset, points), take the line out of the fi',
      "csv - - - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "unknown cols",
    "Tag,Summe\n1,2\n",
    {},
    [
      "option.needed --map",
      "line 1: no column holds the amount (--map amount=COLUMN, or credit and debit); the file has Tag, Summe",
    ],
  ],
  ["empty", "", {}, ["file.empty", "the file is empty"]],
  ["only header", "Date,Amount,Currency,Text\n", {}, ["csv - - - -", "0 lines, 0 errors, 0 skipped"]],
  [
    "blank lines",
    "\n\nDate,Amount,Currency,Text\n\n2026-02-03,1.00,EUR,x\n\n",
    {},
    ["csv - EUR - -", "5: 2026-02-03 1.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "amazon report",
    '"SettlementId","AmazonTransactionId"\n"1","2"\n',
    {},
    [
      "file.not-a-statement",
      "line 1: this is a report of Amazon's, not a bank's statement: apay parse reads it, and apay sync takes it in",
    ],
  ],
  [
    "Italian names",
    "Data contabile;Data valuta;Causale;Dare;Avere;Divisa\n05/10/2026;05/10/2026;BONIFICO AMAZON;;1.250,07;EUR\n06/10/2026;06/10/2026;AFFITTO;50,00;;EUR\n",
    { dateFormat: "dd/mm/yyyy" },
    [
      "csv - EUR - -",
      "2: 2026-10-05 1250.07 EUR [] BONIFICO AMAZON",
      "3: 2026-10-06 -50.00 EUR [] AFFITTO",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "Dutch names",
    "Boekdatum;Omschrijving;Bedrag;Munt\n05-10-2026;AMAZON;1.250,07;EUR\n",
    { dateFormat: "dd-mm-yyyy" },
    ["csv - EUR - -", "2: 2026-10-05 1250.07 EUR [] AMAZON", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "Spanish names",
    "Fecha operación;Concepto;Cargo;Abono;Divisa\n05/10/2026;AMAZON;;1.250,07;EUR\n06/10/2026;ALQUILER;50,00;;EUR\n",
    { dateFormat: "dd/mm/yyyy" },
    [
      "csv - EUR - -",
      "2: 2026-10-05 1250.07 EUR [] AMAZON",
      "3: 2026-10-06 -50.00 EUR [] ALQUILER",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "05 Oct 2026",
    "Date,Description,Paid out,Paid in\n05 Oct 2026,AMAZON,,£1250.07\n",
    {},
    [
      "option.needed --currency",
      "no currency: the file names none; say which with --currency, for example --currency EUR",
    ],
  ],
  [
    "ja date",
    '取引日,摘要,出金額,入金額,残高\n2026年10月5日,ｱﾏｿﾞﾝ,,"125,007",1\n',
    { currency: "JPY" },
    ["csv - JPY - -", "2: 2026-10-05 125007 JPY [] ｱﾏｿﾞﾝ", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "payer IBAN",
    "Datum;Name;IBAN;Betrag;Währung;Verwendungszweck\n05.10.2026;AMAZON;LU280019400644750000;12,50;EUR;x\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 12.50 EUR [] <AMAZON> AMAZON LU280019400644750000 x",
      "1 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "own IBAN alone",
    "Datum;IBAN;Betrag;Währung;Verwendungszweck\n05.10.2026;DE02120300000000202051;12,50;EUR;x\n",
    {},
    ["csv DE02120300000000202051 EUR - -", "2: 2026-10-05 12.50 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "balance rows",
    "Date,Description,Amount,Currency\n,Opening balance,100.00,EUR\n2026-10-05,x,1.00,EUR\n,Closing balance,101.00,EUR\n",
    {},
    [
      "2: skipped row of balances or totals",
      "csv - EUR - -",
      "3: 2026-10-05 1.00 EUR [] x",
      "4: skipped row of balances or totals",
      "1 lines, 0 errors, 2 skipped",
    ],
  ],
  [
    "total w/o word date",
    "Date;Text;Betrag;Währung\n05.10.2026;x;1,00;EUR\n;Summe;1,00;EUR\nSumme;;1,00;EUR\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 1.00 EUR [] x",
      "3: skipped row of balances or totals",
      "4: skipped row of balances or totals",
      "1 lines, 0 errors, 2 skipped",
    ],
  ],
  [
    "text named saldo real entry",
    "Date,Description,Amount,Currency\n2026-10-05,Saldo der Abschlussposten,-1.00,EUR\n2026-10-05,Balance transfer AMAZON,5.00,EUR\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 -1.00 EUR [] Saldo der Abschlussposten",
      "3: 2026-10-05 5.00 EUR [] Balance transfer AMAZON",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "pending",
    "Date,Description,Amount,Currency,Status\n2026-10-05,x,1.00,EUR,Pending\n2026-10-05,y,1.00,EUR,Completed\n2026-10-05,z,1.00,EUR,Whatever\n",
    {},
    [
      "2: skipped not booked (Pending)",
      "csv - EUR - -",
      "3: 2026-10-05 1.00 EUR [] y",
      "4: note status-unknown",
      "4: 2026-10-05 1.00 EUR [] z Whatever",
      "2 lines, 0 errors, 1 skipped",
    ],
  ],
  [
    "notprovided",
    "Date,Description,Amount,Currency,Reference\n2026-10-05,x,1.00,EUR,NOTPROVIDED\n2026-10-05,NOTPROVIDED,1.00,EUR,R1\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 1.00 EUR [] x", "3: 2026-10-05 1.00 EUR [R1] R1", "2 lines, 0 errors, 0 skipped"],
  ],
  [
    "two amounts cols",
    "Date,Amount,Amount,Currency,Text\n2026-10-05,1.00,2.00,EUR,x\n",
    {},
    [
      "option.needed --map",
      "line 1: each of Amount (#2), Amount (#3) may be the amount: say which with --map amount=COLUMN, COLUMN by its number",
    ],
  ],
  [
    "amount EUR & USD columns",
    "Date,Amount (EUR),Amount (USD),Text\n2026-10-05,1.00,2.00,x\n",
    {},
    [
      "option.needed --map",
      "line 1: each of Amount (EUR), Amount (USD) may be the amount: say which with --map amount=COLUMN",
    ],
  ],
  [
    "header currency vs cell",
    "Date,Amount (EUR),Text\n2026-10-05,$1.00,x\n",
    {},
    [
      '2: line.currency "$1.00" is not in EUR: "$" stands beside the number',
      "csv - EUR - -",
      "0 lines, 1 errors, 0 skipped",
    ],
  ],
  [
    "utf16",
    Buffer.from(
      "//5EAGEAdABlADsAQQBtAG8AdQBuAHQAOwBDAHUAcgByAGUAbgBjAHkAOwBUAGUAeAB0AAoAMgAwADIANgAtADEAMAAtADAANQA7ADEALgAwADAAOwBFAFUAUgA7AE0A/AAKAA==",
      "base64",
    ),
    {},
    ["csv - EUR - -", "2: 2026-10-05 1.00 EUR [] Mü", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "sjis no opt generic",
    Buffer.from("k/qVdCyL4Ip6CjIwMjYvMTAvMDUsNQo=", "base64"),
    {},
    [
      "file.encoding --encoding",
      "line 1: the text is not UTF-8: say which encoding it has, most likely --encoding shift_jis",
    ],
  ],
  [
    "bank wrong",
    "Date,Amount,Currency\n2026-10-05,1.00,EUR\n",
    { bank: "dkb" },
    [
      "option.invalid --bank",
      "no line has the columns of DKB (--bank dkb): line 1 lacks Buchungsdatum, Wertstellung, Status, Zahlungspflichtige*r, Zahlungsempfänger*in, Verwendungs",
    ],
  ],
  [
    "bank unknown",
    "Date,Amount\n",
    { bank: "nope" },
    [
      "option.invalid --bank",
      'there is no bank layout "nope": --bank takes sparkasse-camt, sparkasse-mt940, dkb, dkb-2022, ing-de, volksbank, volksbank-2018, gls-2017, deutsche-ban',
    ],
  ],
  [
    "a mapping to a column that is not there",
    "Date,Amount,Currency\n2026-10-05,1.00,EUR\n",
    { map: { text: "Foo" } },
    ["option.invalid --map", 'line 1: --map text="Foo": the file has no such column; it has Date, Amount, Currency'],
  ],
  [
    "a mapping of a field that is not there",
    "Date,Amount,Currency\n2026-10-05,1.00,EUR\n",
    { map: { foo: "Date" } } as StatementOptions,
    [
      "option.invalid --map",
      "--map foo=…: there is no such field; it is one of bookedAt, valueAt, amount, credit, debit, direction, currency, reference, counterparty, payer, payee",
    ],
  ],
  [
    "currency option lower",
    "Date,Amount,Text\n2026-10-05,1.00,x\n",
    { currency: "eur" },
    ["csv - EUR - -", "2: 2026-10-05 1.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "currency option bad",
    "Date,Amount,Text\n2026-10-05,1.00,x\n",
    { currency: "EURO" },
    ["option.invalid --currency", "--currency EURO: expected an ISO 4217 code such as EUR"],
  ],
  [
    "multi currency",
    "Date,Amount,Currency,Text\n2026-10-05,1.00,EUR,x\n2026-10-05,2.00,USD,y\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 1.00 EUR [] x",
      "csv - USD - -",
      "3: 2026-10-05 2.00 USD [] y",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "two accounts",
    "Date,Amount,Currency,Account number,Text\n2026-10-05,1.00,EUR,111111,x\n2026-10-05,2.00,EUR,222222,y\n",
    {},
    [
      "csv 111111 EUR - -",
      "2: 2026-10-05 1.00 EUR [] x",
      "csv 222222 EUR - -",
      "3: 2026-10-05 2.00 EUR [] y",
      "2 lines, 0 errors, 0 skipped",
    ],
  ],
  [
    "date w/o amount",
    "Date,Description,Amount,Currency\n2026-10-05,x,,EUR\n",
    {},
    ["2: line.amount the amount is missing", "csv - - - -", "0 lines, 1 errors, 0 skipped"],
  ],
  [
    "zero amounts",
    "Date,Description,Credit,Debit,Currency\n2026-10-05,x,0.00,0.00,EUR\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 0.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "footer",
    "Date,Description,Amount,Currency\n2026-10-05,x,1.00,EUR\n* subject to change\n",
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 1.00 EUR [] x",
      "3: skipped text beside the table",
      "1 lines, 0 errors, 1 skipped",
    ],
  ],
  [
    "semicolon comma file w quotes every",
    '"Date";"Amount";"Currency";"Text"\r\n"2026-10-05";"1,00";"EUR";"say ""hi"""\r\n',
    {},
    ["csv - EUR - -", '2: 2026-10-05 1.00 EUR [] say "hi"', "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "ISO w T",
    "Date,Amount,Currency,Text\n2026-10-05T22:10:00+02:00,1.00,EUR,x\n",
    {},
    ["csv - EUR - -", "2: 2026-10-05 1.00 EUR [] x", "1 lines, 0 errors, 0 skipped"],
  ],
  [
    "CR DR words in amount",
    'Date,Amount,Currency,Text\n2026-10-05,"1.250,07 H",EUR,x\n2026-10-05,"1.250,07S",EUR,x\n2026-10-05,"Cr 5.00",EUR,x\n',
    {},
    [
      "csv - EUR - -",
      "2: 2026-10-05 1250.07 EUR [] x",
      "3: 2026-10-05 -1250.07 EUR [] x",
      "4: 2026-10-05 5.00 EUR [] x",
      "3 lines, 0 errors, 0 skipped",
    ],
  ],
];

describe("bank CSV as people have it", () => {
  it.each(INPUTS)("%s", async (_what, file, options, reading) => {
    expect((await digest([Buffer.from(file as string)], options)).map((line) => line.slice(0, SHOWN))).toEqual(reading);
  });
});
