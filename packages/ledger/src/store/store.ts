import type { CompiledQuery, Kysely } from "kysely";
import type { BulkLoad, GroupLoad, RowInserter } from "./rows/bulk-load.ts";
import type { Schema } from "./schema/index.ts";

/**
 * Where the books are kept: one SQLite file, or PostgreSQL. Both pass one conformance suite with identical results.
 *
 * Reading and small writes go through {@link Store.db}; columns ending in `_minor` come back as `bigint`, every other
 * integer as `number`, on both. Bulk loading has its own door because each database has its own fast way in.
 */
export interface Store {
  /** Which adapter this is. */
  readonly dialect: "sqlite" | "postgres";

  /** Whether others can read while a transaction is open: everywhere but in memory, where there is one connection only. */
  readonly concurrentReads: boolean;

  /** Typed queries over {@link Schema}. */
  readonly db: Kysely<Schema>;

  /** Brings the tables to the present version, forward only, on a store with data. */
  migrate(): Promise<void>;

  /** Runs the work in one transaction: all of it is stored, or nothing. */
  transaction<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;

  /**
   * Runs the work in one transaction with the bulk door open, by which the rows of a report file come in.
   *
   * On PostgreSQL the connection is taken up by the copying between the first row and `settle`: ask `db` before or after.
   */
  load<T>(work: (bulk: BulkLoad) => Promise<T>): Promise<T>;

  /**
   * Runs the work in one transaction that takes many files, where that pays: SQLite writes a page of an index anew at each commit
   * that touches it, so that a file of 200 KB costs it 36 MB on books of a million rows. PostgreSQL loads file by file.
   *
   * @param expectedRows an estimate of all rows: beside few that are there, indexes are taken away and built once at the end
   */
  readonly loadGroup?: <T>(expectedRows: number, work: (group: GroupLoad) => Promise<T>) => Promise<T>;

  /**
   * A faster way into one table than statements of `db`, within the transaction of this store that is open; only where there is one.
   *
   * @param unread nobody looks for rows of the table until the end: indexes may go while many come
   */
  readonly inserter?: (table: keyof Schema, columns: readonly string[], unread: boolean) => RowInserter;

  /** The texts of a query that has one column, in pieces; only where that is much faster than rows are. */
  readonly texts?: (query: CompiledQuery) => AsyncIterable<readonly string[]>;

  /** Closes the database. */
  close(): Promise<void>;
}
