const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/**
 * One cell of a CSV file that people open in a spreadsheet: quoted where needed, and never a formula.
 *
 * A text that begins as a formula does (`=`, `+`, `-`, `@`, tab) gets a leading apostrophe, unless it is a plain number:
 * `-25.54` stays, `=HYPERLINK(…)` becomes `'=HYPERLINK(…)`. Source: OWASP, CSV injection.
 */
export function csvCell(value: string): string {
  const safe = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  // Spreadsheets of some countries part cells at semicolons and tabs: what follows one could begin a formula.
  return /[",;\t\r\n]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file, with its line end (CRLF, RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}
