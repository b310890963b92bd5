import { LedgerError } from "../errors.ts";

/** Codes of {@link ExportError}. */
export type ExportErrorCode =
  /** There is no such format, or it does not carry what was asked for. */
  | "export.format"
  /** The format writes several files: name a folder. */
  | "export.needs-folder"
  /** A file of the format has one fiscal year, and the entries are of several. */
  | "export.several-years"
  /** The program that reads the format takes one currency a file, and the entries are of several. */
  | "export.several-currencies"
  /** The reports do not reach the end of a month whose unsettled sales are asked for. */
  | "export.not-covered"
  /** There is no exchange rate of a currency on a day. */
  | "export.no-rate"
  /** Verdicts and journals are made by reconcile, which has not seen every loaded report yet. */
  | "export.not-reconciled"
  /** A settlement of the period was delivered again with other contents, and nobody has decided which counts. */
  | "export.not-accepted"
  /** There is more than the program that reads the format takes in one file. */
  | "export.too-large"
  /** A file that a closed month was made of was withdrawn, so that the month's journal cannot be written as it was. */
  | "export.closed-file-gone"
  /** Months were closed in another time zone than that of the journal. */
  | "export.closed-zone"
  /** What was frozen of a closed month cannot be read. */
  | "export.closed-damaged"
  /** A journal without a single entry. */
  | "export.nothing"
  /** The account map names an account that the format cannot write. */
  | "export.account"
  /** A setting of the format makes no sense. */
  | "export.setting";

/** Rows, verdicts or journals cannot be written as asked. */
export class ExportError extends LedgerError<ExportErrorCode> {}
