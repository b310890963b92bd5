import { LedgerError } from "../errors.ts";

/** Codes of {@link StoreError}. */
export type StoreErrorCode =
  /** An integer that is not money does not fit a JavaScript number exactly. */
  | "store.unsafe-integer"
  /** A money column came back as something other than an integer. */
  | "store.inexact-money"
  /** The tables were written by a newer version of the kit. */
  | "store.newer"
  /** The tables are from before the first release, and nothing brings them up to date. */
  | "store.unreleased"
  /** A migration could not be carried out; the store is as it was before. */
  | "store.migration-failed"
  /** Another process holds the right to write and does not give it back. */
  | "store.busy"
  /** No space is left on the disk; what was not finished is not in the books. */
  | "store.disk-full"
  /** The disk failed, or is gone; what was not finished is not in the books. */
  | "store.disk-failed"
  /** The file is no database any more. */
  | "store.damaged"
  /** The file may be read only. */
  | "store.read-only"
  /** The tables could not be distributed over nodes: Citus, its nodes or the tables are missing. Nothing was changed. */
  | "store.not-distributed"
  /** The database cannot be opened or reached. */
  | "store.cannot-open";

/** The store cannot carry out the request. */
export class StoreError extends LedgerError<StoreErrorCode> {}
