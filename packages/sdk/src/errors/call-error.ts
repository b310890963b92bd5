import { AmazonPayError, type AmazonPayErrorOptions } from "./amazon-pay-error.ts";

/** The call that an error ended. */
export interface CallContext extends AmazonPayErrorOptions {
  /** For example `createCharge`. */
  readonly operation: string;
  /** Attempts made before the last one. */
  readonly retries: number;
  /** The key under which the call may be made again without doing its work twice; undefined where it has none. */
  readonly idempotencyKey?: string | undefined;
}

/** What to do about a call that may have been carried out although its answer did not come; nothing where it has no key. */
export function unknownOutcome({ idempotencyKey }: CallContext): string {
  return idempotencyKey === undefined
    ? ""
    : `; it may have been done all the same: call again with idempotencyKey ${idempotencyKey}`;
}

/** Base class of errors that occur once a call has started. */
export abstract class CallError extends AmazonPayError {
  override name = "CallError";
  /** For example `createCharge`. */
  readonly operation: string;
  /** Attempts made before the last one. */
  readonly retries: number;
  /** Pass it again to repeat the call without doing its work twice; undefined if the call has none. */
  readonly idempotencyKey: string | undefined;

  constructor(message: string, context: CallContext) {
    super(message, context);
    this.operation = context.operation;
    this.retries = context.retries;
    this.idempotencyKey = context.idempotencyKey;
  }
}
