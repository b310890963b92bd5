import { printableText } from "@amazon-pay-kit/money";

/**
 * Where a spreadsheet sees a formula: `=`, `+`, `-`, `@`, also as the full-width signs that East Asian input methods write, and
 * also behind what it passes over: white space, line ends, NULs and characters without width.
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * One cell of a CSV file that people open in a spreadsheet or show on a terminal: quoted where needed, never a formula, and
 * with nothing in it that acts.
 *
 * A text that begins as a formula does gets a leading apostrophe, unless it is a plain number: `-25.54` stays, `=HYPERLINK(…)`
 * becomes `'=HYPERLINK(…)`. Control and direction characters but tabs and line ends are written as `\xNN` or `\uNNNN`. Source:
 * OWASP, CSV injection; ASVS 5, 1.2.10.
 */
export function csvCell(value: string): string {
  const shown = printableText(value.replaceAll(/\r\n?/g, "\n"), "\t\n");
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${shown}` : shown;
  // Spreadsheets of some countries part cells at semicolons and tabs: what follows one could begin a formula.
  return /[",;\t\r\n]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file, with its line end (CRLF, RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
