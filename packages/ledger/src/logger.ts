/** One structured record: what happened, and the facts. Never a secret, never data of a buyer. */
export type LogRecord = (message: string, fields: object) => void;

/** Where the ledger writes about its work; `console` fits, and so does a wrapper of any logging library. */
export interface Logger {
  /** Every step. */
  readonly debug?: LogRecord;
  /** Reports that came in, runs that ended. */
  readonly info?: LogRecord;
  /** What is tried again later. */
  readonly warn?: LogRecord;
  /** What a person must look into. */
  readonly error?: LogRecord;
}
