import { LedgerError } from "../../errors.ts";

/** Codes of {@link SyncError}. */
export type SyncErrorCode =
  /** The service gave something that makes no sense. */
  | "sync.unreadable-listing"
  /** A report cannot be fetched from where it was listed. */
  | "sync.not-fetchable"
  /** The watched folder cannot be read. */
  | "sync.no-folder"
  /** A folder or file inside the watched folder cannot be looked into; all else is taken. */
  | "sync.closed-folder"
  /** A file in the watched folder is still being written. */
  | "sync.file-changed"
  /** A listed report is there no more. */
  | "sync.gone"
  /** A file was replaced by another one before it was fetched; that one is listed by itself. */
  | "sync.superseded"
  /** Settings that contradict each other. */
  | "sync.bad-option";

/** Reports cannot be brought in. */
export class SyncError extends LedgerError<SyncErrorCode> {}
