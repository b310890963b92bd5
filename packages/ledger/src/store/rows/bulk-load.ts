import type { Kysely } from "kysely";
import type { Schema } from "../schema/index.ts";
import type { RowCell, RowTable } from "./row-tables.ts";

/** Puts the cells of row `index` of a batch into `cells`, from place `at` on, in the order of the table's columns. */
export type FillRow = (index: number, cells: RowCell[], at: number) => void;

/** What must be known about a file's rows once all of them are written. */
export interface RowsWritten {
  readonly accountId: string;
  readonly fileId: number;
  /** Lines whose row may have an identical one further up in the file. Too many are harmless, too few are not. */
  readonly suspects: readonly number[];
  /** The settlements that occur; `null` for rows of other reports. */
  readonly settlementIds: readonly string[] | null;
  /** The window of the file's header; `null` where it says nothing. */
  readonly startAt: number | null;
  readonly endAt: number | null;
  /** Rows of the file that could not be read. */
  readonly errors: number;
}

/** The fast way in for the rows of one file. */
export interface RowWriter {
  /** Writes this many rows; resolves when more may be given. */
  write(count: number, fill: FillRow): Promise<void>;

  /**
   * Ends the writing: gives identical rows of the file their ordinals, and puts rows that another file has already
   * delivered into `row_repeat` instead of the table.
   *
   * @returns how many rows were repeats
   */
  settle(written: RowsWritten): Promise<number>;
}

/** One transaction in which a file is loaded. */
export interface BulkLoad {
  readonly db: Kysely<Schema>;

  /** @param expectedRows an estimate: a load that is large beside what is there builds its indexes at the end */
  into(table: RowTable, expectedRows: number): Promise<RowWriter>;
}

/** One transaction in which many files are loaded. */
export interface GroupLoad extends BulkLoad {
  /** Runs the work so that a failure undoes only what it did, and not the files before it. */
  isolated<T>(work: () => Promise<T>): Promise<T>;
}

/** Writes rows by position, in the order of the columns it was asked for, inside a transaction that the caller has begun. */
export interface RowInserter {
  write(count: number, fill: FillRow): Promise<void>;
  /** Ends the writing; indexes that were taken away are built. */
  end(): Promise<void>;
}
