import { LedgerError } from "../../../errors.ts";

/** Codes of {@link LoadError}. */
export type LoadErrorCode =
  /** The settlement names another seller than the account has. */
  | "file.other-seller"
  /** Amounts of one day add up to more than 64 bits hold. */
  | "file.amounts"
  /** The file was never recorded, or belongs to another account. */
  | "file.unknown";

/** A file cannot become rows. */
export class LoadError extends LedgerError<LoadErrorCode> {}
