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

/** Base of what can go wrong once a call is under way. */
export abstract class CallError extends AmazonPayError {
  override name = "CallError";
  /** For example `createCharge`. */
  readonly operation: string;
  /** Attempts made before the last one. */
  readonly retries: number;
  /** Pass it again to make the same call without doing its work twice; undefined where it has none. */
  readonly idempotencyKey: string | undefined;

  constructor(message: string, context: CallContext) {
    super(message, context);
    this.operation = context.operation;
    this.retries = context.retries;
    this.idempotencyKey = context.idempotencyKey;
  }
}
