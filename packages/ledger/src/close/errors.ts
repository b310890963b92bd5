import { LedgerError } from "../errors.ts";

/** Codes of {@link CloseError}. */
export type CloseErrorCode =
  /** It is no month. */
  | "close.month"
  /** There is no account whose month could be closed. */
  | "close.no-account"
  /** The month is not closed, so it cannot be opened again. */
  | "close.not-closed"
  /** A later month is closed, and follows on from this one. */
  | "close.later-closed"
  /** Opening a month again needs a reason. */
  | "close.note-missing";

/** A month cannot be closed or opened as asked. */
export class CloseError extends LedgerError<CloseErrorCode> {}
