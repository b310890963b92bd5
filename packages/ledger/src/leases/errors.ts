import { LedgerError } from "../errors.ts";

/** Codes of {@link LeaseError}. */
export type LeaseErrorCode =
  /** Somebody else is doing the work. */
  | "lease.held"
  /** The work took a pause so long that somebody else has taken it over. */
  | "lease.lost";

/** A lease is held by another process, or was lost. */
export class LeaseError extends LedgerError<LeaseErrorCode> {}
