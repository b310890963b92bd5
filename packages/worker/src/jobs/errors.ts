import { KitError } from "@amazon-pay-kit/money";
import { LedgerError } from "@amazon-pay-kit/ledger";

/** Codes of {@link JobError}. */
export type JobErrorCode =
  /** Jobs need a ledger on PostgreSQL. */
  | "jobs.needs-postgres"
  /** The queue cannot be reached, or its tables cannot be made or used. */
  | "jobs.cannot-open"
  /** A setting of the worker makes no sense. */
  | "jobs.bad-option"
  /** A job names an account, a source or an export that this worker was not given. */
  | "jobs.not-mine"
  /** There is no such job among the dead. */
  | "jobs.unknown";

/** Jobs cannot be queued or run. */
export class JobError extends LedgerError<JobErrorCode> {}

/** Thrown by a job that is not to be done now: it goes to the end of the queue without counting as failed. */
export class JobDeferred extends KitError {
  override readonly name = "JobDeferred";
  readonly code = "jobs.deferred";
  /** When it may be tried again, in seconds from now. */
  readonly seconds: number;

  constructor(seconds: number, reason: string) {
    super(reason);
    this.seconds = Math.max(1, Math.ceil(seconds));
  }
}
