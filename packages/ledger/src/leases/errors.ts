import { LedgerError } from "../errors.ts";

/** Codes of {@link LeaseError}. */
export type LeaseErrorCode =
  /** Somebody else is doing the work. */
  | "lease.held"
  /** The work took a pause so long that somebody else has taken it over. */
  | "lease.lost";

/** The right to do a piece of work alone is not to be had, or gone. */
export class LeaseError extends LedgerError<LeaseErrorCode> {}
