import { CallError, unknownOutcome, type CallContext } from "./call-error.ts";

/** Which timeout expired: that of one attempt, or that of the whole call. */
export type TimeoutErrorCode = "timeout.attempt" | "timeout.total";

/** The call timed out. The service may or may not have done the work. */
export class TimeoutError extends CallError {
  override name = "TimeoutError";
  readonly code: TimeoutErrorCode;
  /** How long the client waited, in milliseconds. */
  readonly millis: number;

  constructor(code: TimeoutErrorCode, millis: number, context: CallContext) {
    const [what, option] =
      code === "timeout.attempt" ? ["had no answer within", "timeoutMs"] : ["was not done within", "totalTimeoutMs"];
    super(
      `${context.operation} ${what} ${millis} ms (${option}), ${context.retries + 1} attempt(s) made${unknownOutcome(context)}`,
      context,
    );
    this.code = code;
    this.millis = millis;
  }
}
