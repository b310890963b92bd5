import type { DateForm } from "@amazon-pay-kit/money";
import type { CsvMember } from "./csv/members.ts";

/** Limits against files that mean harm. */
export interface StatementLimits {
  /** Most bytes of text. Default: none, since memory does not grow with them. */
  readonly bytes?: number;
  /** Most bytes that one packed byte may become, once a file has more than 64 MiB. Default 250. */
  readonly ratio?: number;
  /** Most bytes of an archive (zip, workbook), which is held in memory packed. Default 256 MiB. */
  readonly zipBytes?: number;
}

/** Names of formats that may be asked for: those of the events, and `camt` for any of the three messages. */
export const FORMAT_NAMES = [
  "mt940",
  "camt",
  "camt.052",
  "camt.053",
  "camt.054",
  "csv",
  "ofx",
  "bai2",
  "qif",
  "xlsx",
] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** How a statement is read. What the file itself says needs no option; what it leaves open is asked for, never guessed. */
export interface StatementOptions {
  /** Default: recognised by the contents. */
  readonly format?: FormatName;
  /** Encoding of the text, as `TextDecoder` names it. Default: what the file declares, else UTF-8. */
  readonly encoding?: string;
  /** Currency of a file that names none. */
  readonly currency?: string;
  /** Sign before the decimals. Default: that of the format; where that leaves it open, it is asked for. */
  readonly decimal?: "." | ",";
  /** Form of the days, such as `dd.mm.yyyy`. Default: that of the format or of the bank; else days with one reading are read. */
  readonly dateFormat?: DateForm;
  /** CSV: how a bank lays out its export, by the name of a row in `BANK_LAYOUTS`. Default: recognised by its header. */
  readonly bank?: string;
  /** CSV: separator of the cells, one sign or `tab`. Default: that under which the column names are found. */
  readonly separator?: string;
  /** CSV: physical lines above the column names. Default: 0; what stands above them is passed over anyway. */
  readonly skipLines?: number;
  /**
   * CSV: which column holds what, where the names of the columns do not say it: `{ amount: "Total" }`. `#3` is the third column;
   * with nothing but numbers the file needs no column names at all.
   */
  readonly map?: Readonly<Partial<Record<CsvMember, string>>>;
  /** CSV: words of a direction column for money that went out, beside the usual ones. */
  readonly debitWords?: readonly string[];
  readonly limits?: StatementLimits;
}
