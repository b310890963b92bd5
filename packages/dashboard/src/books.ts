import type { MonthClose } from "@amazon-pay-kit/ledger";

/** A physical line of a file. */
export interface FileLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A place that a figure comes from. */
export interface FileLines {
  readonly contentHash: string;
  readonly archivePath: string;
  readonly lines: readonly FileLine[];
}

/**
 * What the dashboard asks of the ledger beyond its views: archived bytes, and the few writes that there are.
 * The command line wires it to `openLedger`.
 */
export interface Books {
  /** Lines around a place of an archived file, as text. */
  fileLines(accountId: string | undefined, fileId: number, line: number): Promise<FileLines>;
  /** Writes down why a difference is as it is, or opens it again. */
  explain(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
  reopen(accountId: string, exceptionId: string, note: string, who: string): Promise<void>;
  /** What stands in the way of closing a month, and what has changed since it was closed. Nothing is closed. */
  checkClose?(accountId: string | undefined, month: string, timeZone: string): Promise<MonthClose>;
}
