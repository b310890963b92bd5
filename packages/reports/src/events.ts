import type { ReportKind } from "./kind.ts";
import type { CellValue, ColumnType } from "./layouts/layout.ts";

/** One column of the rows of a file, in the order of {@link ReportBatch} rows. */
export interface ReportColumn {
  /** As in the header line of the file; the layout's name where the file leaves the column out. */
  readonly name: string;
  /** Key in the values of a row. */
  readonly key: string;
  readonly type: ColumnType;
  /** Whether the layout knows the column; values of the others are under `extra`. */
  readonly known: boolean;
  /** Place in the line, from 0; -1 where the file leaves the column out and every value is `null`. */
  readonly position: number;
  /** Holds data of the buyer. */
  readonly personal: boolean;
  /** Key of the column with this amount's currency; only on amounts. */
  readonly currency?: string;
}

/** First event of every file. The dates are milliseconds since the epoch; `null` where the file has none to read. */
export interface HeaderEvent {
  readonly type: "header";
  readonly report: ReportKind;
  /** Only for settlements. */
  readonly sellerId?: string | null;
  readonly settlementStartDate?: number | null;
  readonly settlementEndDate?: number | null;
  readonly columns: readonly ReportColumn[];
  /** Physical line of the column names, from 1. */
  readonly line: number;
}

/** A row that could be read in full. */
export interface RowEvent {
  readonly type: "row";
  /** Physical line on which the row starts, from 1. */
  readonly line: number;
  /** Byte at which the row starts, from 0, counted after decompression. */
  readonly offset: number;
  readonly values: Readonly<Record<string, CellValue>>;
  /** Texts of the columns that the layout does not know; absent where the file has no such column. */
  readonly extra?: Readonly<Record<string, string | null>>;
}

/** Why a row, or a line of the preamble, cannot be read. */
export type RowErrorCode =
  | "row.cell-count"
  | "row.quote"
  | "row.unterminated-quote"
  | "row.too-long"
  | "row.repeated-names"
  | "cell.required"
  | "cell.instant"
  | "cell.amount"
  | "cell.amount-ambiguous"
  | "cell.amount-digits"
  | "cell.currency"
  | "cell.encoding"
  | "cell.control-character"
  | "cell.unknown-word"
  | "preamble.missing-value"
  | "preamble.instant";

/** One thing that is wrong with a row. */
export interface RowProblem {
  readonly code: RowErrorCode;
  /** Name of the column as in the file; absent where the row as a whole is wrong. */
  readonly column?: string;
  readonly message: string;
}

/** A row that could not be read. Nothing of it is in the rows or the totals. */
export interface ErrorEvent {
  readonly type: "error";
  readonly line: number;
  readonly offset: number;
  /** How many physical lines and bytes the damage takes, line end included. */
  readonly lines: number;
  readonly length: number;
  /** Code of the first problem. */
  readonly code: RowErrorCode;
  /** All problems in one text. */
  readonly message: string;
  readonly problems: readonly RowProblem[];
}

/** What a notice is about. */
export type NoticeCode =
  | "drift.column"
  | "drift.transaction-type"
  | "drift.reason-code"
  | "drift.state"
  | "drift.refund-type"
  | "drift.more"
  | "text.encoding"
  | "preamble.missing"
  | "preamble.unknown-key";

/** Something new or unusual that was kept as it is: each at most once in a file. */
export interface NoticeEvent {
  readonly type: "notice";
  readonly code: NoticeCode;
  readonly line: number;
  readonly offset: number;
  /** Name of the column concerned, as in the file. */
  readonly column?: string;
  /** The new word. */
  readonly value?: string;
  readonly message: string;
}

/** How the physical lines of a file are accounted for: the five kinds add up to `total`. */
export interface LineAccount {
  readonly total: number;
  /** Preamble and column names. */
  readonly header: number;
  readonly rows: number;
  readonly errors: number;
  readonly blank: number;
}

/** Sums of the amount columns by currency and key, in minor units, over the rows that were read. */
export type ReportTotals = Readonly<Record<string, Readonly<Record<string, bigint>>>>;

/** Last event of every file. */
export interface SummaryEvent {
  readonly type: "summary";
  readonly rows: number;
  readonly errors: number;
  readonly totals: ReportTotals;
  readonly lines: LineAccount;
  /** Bytes read, after decompression. */
  readonly bytes: number;
}

/** One event of {@link readReport}; in file order, header first, summary last. */
export type ReportEvent = HeaderEvent | RowEvent | ErrorEvent | NoticeEvent | SummaryEvent;
