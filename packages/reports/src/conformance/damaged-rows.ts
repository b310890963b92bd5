import type { RowErrorCode } from "../events.ts";
import { rowText } from "./settlement-text.ts";

/** A row that cannot be read, and what is said of it. */
export interface DamagedRow {
  readonly what: string;
  /** Stands between two good rows. */
  readonly row: string;
  readonly code: RowErrorCode;
  /** Parts of the message. */
  readonly expected?: readonly string[];
  /** Errors that it costs. Default 1. */
  readonly errors?: number;
}

const without = (cells: number): string => rowText().split('","').slice(0, -cells).join('","') + '"';

/** Every way for a row to be damaged that a reader has to tell apart. */
export const DAMAGED_ROWS: readonly DamagedRow[] = [
  { what: "14 cells", row: without(1), code: "row.cell-count", expected: ["expected 15 cells", "found 14"] },
  { what: "17 cells", row: `${rowText()},"",""`, code: "row.cell-count", expected: ["found 17"] },
  { what: "16 cells, the last not empty", row: `${rowText()},"x"`, code: "row.cell-count", expected: ["found 16"] },
  { what: "a line cut off in a cell", row: rowText().slice(0, 100), code: "row.quote" },
  {
    what: "an unterminated quote at its end",
    row: rowText().slice(0, -1),
    code: "row.quote",
    expected: ["NetTransactionAmount"],
  },
  { what: "an unterminated quote before empty cells", row: rowText().replace('"REF-1"', '"REF-1'), code: "row.quote" },
  {
    what: "a quote missing at its start",
    row: rowText().slice(1),
    code: "row.quote",
    expected: ["TransactionPostedDate"],
  },
  {
    what: "a quote that is not doubled",
    row: rowText({ TransactionDescription: 'a "nice" day' }),
    code: "row.quote",
    expected: ["TransactionDescription"],
  },
  {
    what: "blanks before a quote",
    row: rowText().replace(',"USD"', ', "USD"'),
    code: "row.quote",
    expected: ["CurrencyCode"],
  },
  {
    what: "a decimal comma",
    row: rowText({ TransactionAmount: "1.000,00" }),
    code: "cell.amount-ambiguous",
    expected: ["TransactionAmount", '"1.000,00"', "USD"],
  },
  {
    what: "one or one thousand",
    row: rowText({ TransactionAmount: "1.000" }),
    code: "cell.amount-ambiguous",
    expected: ['"1.000"'],
  },
  { what: "a comma before two digits", row: rowText({ TransactionAmount: "10,00" }), code: "cell.amount-ambiguous" },
  {
    what: "a leading zero before a comma",
    row: rowText({ TransactionAmount: "0,123" }),
    code: "cell.amount-ambiguous",
  },
  { what: "groups of two", row: rowText({ TransactionAmount: "1,00,000.00" }), code: "cell.amount" },
  { what: "a group of four", row: rowText({ TransactionAmount: "1,0000.00" }), code: "cell.amount" },
  { what: "no digits", row: rowText({ TransactionAmount: "-" }), code: "cell.amount" },
  {
    what: "a float",
    row: rowText({ TransactionAmount: "1e3" }),
    code: "cell.amount",
    expected: ["a text of 3 characters"],
  },
  { what: "a currency sign", row: rowText({ TransactionAmount: "$10.00" }), code: "cell.amount" },
  { what: "a blank in an amount", row: rowText({ TransactionAmount: "1 0.00" }), code: "cell.amount" },
  { what: "a point without decimals", row: rowText({ TransactionAmount: "10." }), code: "cell.amount" },
  {
    what: "too many decimals",
    row: rowText({ TransactionAmount: "10.0001" }),
    code: "cell.amount-digits",
    expected: ["at most 2 decimal digits"],
  },
  {
    what: "cents of yen",
    row: rowText({ CurrencyCode: "JPY" }),
    code: "cell.amount-digits",
    expected: ["at most 0", "JPY"],
  },
  {
    what: "more digits than money has",
    row: rowText({ TransactionAmount: "12345678901234567.89" }),
    code: "cell.amount-digits",
  },
  {
    what: "no amount",
    row: rowText({ NetTransactionAmount: "" }),
    code: "cell.required",
    expected: ["NetTransactionAmount"],
  },
  { what: "no currency", row: rowText({ CurrencyCode: "" }), code: "cell.required", expected: ["CurrencyCode"] },
  { what: "an unknown currency", row: rowText({ CurrencyCode: "XXX" }), code: "cell.currency", expected: ['"XXX"'] },
  { what: "a currency in small letters", row: rowText({ CurrencyCode: "usd" }), code: "cell.currency" },
  {
    what: "a day that does not exist",
    row: rowText({ TransactionPostedDate: "2026-02-30T10:00:00 -0800" }),
    code: "cell.instant",
    expected: ["2026-02-30"],
  },
  {
    what: "29 February of a common year",
    row: rowText({ TransactionPostedDate: "2026-02-29T10:00:00 -0800" }),
    code: "cell.instant",
  },
  {
    what: "29 February 2100",
    row: rowText({ TransactionPostedDate: "2100-02-29T10:00:00 -0800" }),
    code: "cell.instant",
  },
  {
    what: "a time that does not exist",
    row: rowText({ TransactionPostedDate: "2026-01-01T24:00:00 -0800" }),
    code: "cell.instant",
  },
  {
    what: "an offset that does not exist",
    row: rowText({ TransactionPostedDate: "2026-01-01T10:00:00 -1500" }),
    code: "cell.instant",
  },
  {
    what: "a time without offset",
    row: rowText({ TransactionPostedDate: "2026-01-01T10:00:00" }),
    code: "cell.instant",
    expected: ["with its offset"],
  },
  {
    what: "a day before the epoch",
    row: rowText({ TransactionPostedDate: "0026-01-01T10:00:00 -0800" }),
    code: "cell.instant",
  },
  {
    what: "a date as people write it",
    row: rowText({ TransactionPostedDate: "01/02/2026" }),
    code: "cell.instant",
    expected: ["01/02/2026"],
  },
  { what: "no type", row: rowText({ TransactionType: "" }), code: "cell.required", expected: ["TransactionType"] },
  { what: "a zero byte", row: rowText({ StoreName: "a\0b" }), code: "cell.control-character", expected: ["StoreName"] },
  {
    what: "an escape character",
    row: rowText({ TransactionDescription: "\u001b[31m" }),
    code: "cell.control-character",
  },
  { what: "a delete character", row: rowText({ SellerOrderId: "\u007f" }), code: "cell.control-character" },
  {
    what: "bytes that are no UTF-8 in an identifier",
    row: rowText({ AmazonTransactionId: "Caf\u00e9" }),
    code: "cell.encoding",
    expected: ["AmazonTransactionId", "UTF-8"],
  },
  { what: "half a character", row: rowText({ AmazonTransactionId: "\u00e3\u0081" }), code: "cell.encoding" },
  { what: "an overlong encoding", row: rowText({ AmazonTransactionId: "\u00c0\u00af" }), code: "cell.encoding" },
  {
    what: "a surrogate in UTF-8",
    row: rowText({ AmazonTransactionId: "\u00ed\u00a0\u0080" }),
    code: "cell.encoding",
  },
  { what: "a word alone", row: "garbage", code: "row.cell-count", expected: ["found 1"] },
  { what: "empty cells only", row: Array(15).fill('""').join(","), code: "cell.required" },
  { what: "a row broken in two", row: rowText().replace(',"USD"', ',\n"USD"'), code: "row.cell-count", errors: 2 },
  { what: "two rows on one line", row: `${rowText()}${rowText()}`, code: "row.cell-count", expected: ["found 29"] },
];
