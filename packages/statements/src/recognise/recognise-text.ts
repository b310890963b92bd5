import { UnusableStatementError } from "../errors.ts";

/** Formats of text as they are told apart; which camt message it is, the reader of camt finds. */
export type TextFormat = "mt940" | "camt" | "ofx" | "qif" | "bai2" | "csv";

/** Formats that are known and not read, with what to do. Each is told by its first lines. */
const NAMED: readonly { readonly is: RegExp; readonly what: string }[] = [
  {
    is: /^<(?:!doctype\s+html|html|head|body|table|meta)\b/i,
    what: "a web page (some banks give one the name .xls): open it and save it as .xlsx or CSV, or ask the bank for camt.053",
  },
  {
    is: /^<[\s\S]*?(?:<\?mso-application\s+progid="Excel|urn:schemas-microsoft-com:office:spreadsheet)/,
    what: "an Excel workbook in XML (of 2003): open it and save it as .xlsx or CSV",
  },
  { is: /^[[{]\s*(?:["{[\]}]|$)/, what: "a JSON document: ask the bank for CSV, MT940 or camt.053" },
  { is: /^!(?:HDR|TRNS|ACCNT|CUST|VEND)\b/, what: "a QuickBooks file (IIF): ask the bank for OFX or CSV" },
  {
    is: /^0{5}\d{6}\d{3}05.{100,112}(?:\r|\n|$)/,
    what: "a CODA file: ask the bank for camt.053 or MT940",
  },
  {
    is: /^01\d{5}.{4}\d{5}[A-Z]{3}.{91,99}(?:\r|\n|$)/,
    what: "a CFONB 120 file: ask the bank for camt.053 or MT940",
  },
  {
    is: /^11\d{4}\d{4}\d{10}\d{6}\d{6}[12]\d{14}\d{3}/,
    what: "a file of Cuaderno 43 (Norma 43): ask the bank for camt.053 or MT940",
  },
  {
    // Records of 200 bytes: kind, days of making, from and to in years of the era, bank.
    is: /^1(?:01|03)[01]\d{18}\d{4}[^\r\n]{120}/,
    what: "a Zengin file (全銀) of deposits or of all entries: ask the bank for CSV",
  },
  {
    is: /^1(?:11|12|21|71|72|91)[01]\d{10}[^\r\n]{100}/,
    what: "a Zengin file (全銀) of payments or debits to be made, which has no entries: ask the bank for a CSV of the account",
  },
  { is: /^01BGMAX/, what: "a BgMax file: ask the bank for camt.053" },
  { is: /^0128A[A-Z]/, what: "a DTAUS file, which has payments and no statement: ask the bank for camt.053 or MT940" },
  {
    is: /^\{1:[\s\S]{0,120}?\{2:[IO](?!94[0-2]|950)(\d{3})/,
    what: "a SWIFT message that is no statement (MT940 and MT942 are)",
  },
];

const BAI2 = /^01,[^,\r\n]*,[^,\r\n]*,\s*\d{6}\s*,/;
const QIF = /^!(?:Type|Account|Option|Clear)\b/i;
const OFX = /^(?:OFXHEADER\s*:|<OFX\b|<\?OFX\b|<\?xml[^>]*>\s*(?:<\?OFX\b|<OFX\b))/i;
const MT940 = /(?:^|[\r\n]|\{4:)[ \t]*:(?:20|21|25P?|28C?|60[FM]):/;

/** Without what frames a text or stands before it and means nothing: blanks, control characters, a byte order mark. */
function withoutFrame(text: string): string {
  const start = [...text].findIndex((character) => character > " " && character.trim() !== "");
  return start < 0 ? "" : text.slice(start);
}

/**
 * What the beginning of a text says about its format; a text that no other format claims is delimited (`csv`).
 *
 * @throws UnusableStatementError `file.empty`; `file.not-a-statement` for a format that is known and not read, by its name
 */
export function recogniseText(beginning: string): TextFormat {
  const text = withoutFrame(beginning);
  if (text === "") throw new UnusableStatementError("file.empty", "the file is empty");
  if (OFX.test(text)) return "ofx";
  if (QIF.test(text)) return "qif";
  if (BAI2.test(text)) return "bai2";
  const named = NAMED.find(({ is }) => is.test(text));
  if (named !== undefined) throw new UnusableStatementError("file.not-a-statement", `this is ${named.what}`);
  if (text.startsWith("<")) return "camt";
  return MT940.test(text) ? "mt940" : "csv";
}
