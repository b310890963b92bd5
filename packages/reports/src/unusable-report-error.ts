import { ReportError } from "./errors.ts";
import type { KnownReportKind } from "./kind.ts";

/** Why a whole file cannot be read. */
export type UnusableReportCode =
  | "file.empty"
  | "file.binary"
  | "file.utf-16"
  | "file.html"
  | "file.xml"
  | "file.json"
  | "file.not-comma-separated"
  | "file.unsupported-layout"
  | "file.no-column-header"
  | "file.missing-column"
  | "file.duplicate-column"
  | "file.unknown-column"
  | "file.changed-by-spreadsheet"
  | "file.too-many-errors"
  | "file.too-large"
  | "file.compression-ratio"
  | "file.damaged-gzip"
  | "file.damaged-zip"
  | "file.zip-entries"
  | "file.zip-encrypted"
  | "file.nested-compression"
  | "file.unsupported-compression";

/** What the beginning of a file says although the file cannot be used. */
export interface ReportBeginning {
  readonly report: KnownReportKind;
  /** Of the first row; `null` where it has none. */
  readonly settlementId: string | null;
  /** Only of settlements, in milliseconds. */
  readonly settlementStartDate: number | null;
  readonly settlementEndDate: number | null;
}

/**
 * The file as a whole cannot be used: it is not a report, not text, or a part that everything else depends on is missing.
 *
 * A damaged row is no reason for this error; rows have errors of their own and the reader goes on.
 */
export class UnusableReportError extends ReportError {
  override readonly name = "UnusableReportError";
  declare readonly code: UnusableReportCode;
  /** Physical line on which the trouble was seen, from 1; 0 where lines make no sense. */
  readonly line: number;
  /** Which report it is, where its beginning could be read; else `null`. */
  readonly beginning: ReportBeginning | null;

  constructor(
    code: UnusableReportCode,
    message: string,
    options: ErrorOptions & { readonly line?: number; readonly beginning?: ReportBeginning } = {},
  ) {
    super(code, message, { cause: options.cause, place: options.line ? `line ${options.line}` : undefined });
    this.line = options.line ?? 0;
    this.beginning = options.beginning ?? null;
  }
}
