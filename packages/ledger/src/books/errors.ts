import { LedgerError } from "../errors.ts";

/** Codes of {@link BooksError}. */
export type BooksErrorCode =
  /** The account is not in the ledger. */
  | "books.unknown-account"
  /** Several accounts are there and none was named. */
  | "books.which-account"
  /** An option has a value that it cannot have. */
  | "books.bad-option"
  /** There is nothing by that name. */
  | "books.not-found";

/** The books cannot carry out the request. */
export class BooksError extends LedgerError<BooksErrorCode> {}
