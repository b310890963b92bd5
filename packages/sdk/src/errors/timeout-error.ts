import { CallError, type CallContext } from "./call-error.ts";

/** Which time was up: one attempt's, or the whole call's. */
export type TimeoutErrorCode = "timeout.attempt" | "timeout.total";

/** No answer in time. Whether the service did the work is not known. */
export class TimeoutError extends CallError {
  override name = "TimeoutError";
  readonly code: TimeoutErrorCode;
  /** How long it was waited for. */
  readonly millis: number;

  constructor(code: TimeoutErrorCode, millis: number, context: CallContext) {
    super(
      code === "timeout.attempt"
        ? `${context.operation} had no answer within ${millis} ms (timeoutMs), ${context.retries + 1} attempt(s) made`
        : `${context.operation} was not done within ${millis} ms (totalTimeoutMs), ${context.retries + 1} attempt(s) made`,
      context,
    );
    this.code = code;
    this.millis = millis;
  }
}
