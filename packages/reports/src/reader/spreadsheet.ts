import { UnusableReportError } from "../unusable-report-error.ts";

/** `1.23457E+10`, which has lost digits; the apostrophe and the formula that keep a number from becoming that; `#####`. */
const CHANGED = /^[+-]?\d(?:[.,]\d+)?E[+-]?\d{1,3}$|^'\d|^=|^#+$|^#(?:N\/A|NAME\?|NUM!|REF!|VALUE!)$/i;

/** A number with decimals or with groups: no identifier of Amazon has them, and one of a merchant may. */
const NUMBER = /^\d+[.,]0+$|^\d{1,3}(?:[.,' ]\d{3})+$/;

/** Whether an identifier has a form that spreadsheets write, and no report. */
export function isSpreadsheetForm(text: string, id: "amazon" | "merchant"): boolean {
  return CHANGED.test(text) || (id === "amazon" && NUMBER.test(text));
}

/**
 * Digits of identifiers that a spreadsheet has cut are lost, and rows with other ones would be another settlement: so the
 * file as a whole is of no use, however good its amounts are.
 */
export function changedBySpreadsheet(line: number, column: string, text: string): UnusableReportError {
  return new UnusableReportError(
    "file.changed-by-spreadsheet",
    `line ${line}: ${column} is ${JSON.stringify(text.slice(0, 40))}, a form that spreadsheets give to identifiers; ` +
      "the file was opened and saved again: fetch the report again, and load it as it comes",
    { line },
  );
}
