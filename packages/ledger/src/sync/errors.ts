import { LedgerError } from "../errors.ts";

/** Codes of {@link SyncError}. */
export type SyncErrorCode =
  /** The service gave something that makes no sense. */
  | "sync.unreadable-listing"
  /** A report cannot be fetched from where it was listed. */
  | "sync.not-fetchable"
  /** Settings that contradict each other. */
  | "sync.bad-option";

/** Reports cannot be brought in. */
export class SyncError extends LedgerError<SyncErrorCode> {}
