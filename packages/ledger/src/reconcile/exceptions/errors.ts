import { LedgerError } from "../../errors.ts";

/** Codes of {@link ExceptionError}. */
export type ExceptionErrorCode =
  /** There is no exception by that id. */
  | "exception.unknown"
  /** The exception does not stand where this can be done to it. */
  | "exception.wrong-status"
  /** An explanation needs a note. */
  | "exception.note-missing"
  /** A write-off above the limit takes a second person, and the one who asked for it is not. */
  | "exception.second-person"
  /** A write-off above the limit takes a second person who may approve, and this one may not. */
  | "exception.approver"
  /** An owner, or a name of one, that makes no sense. */
  | "exception.owner"
  /** A filter has a value that it cannot have. */
  | "exception.reason"
  /** A filter that there is not. */
  | "exception.filter";

/** The exception cannot be found or changed as was asked. */
export class ExceptionError extends LedgerError<ExceptionErrorCode> {}
