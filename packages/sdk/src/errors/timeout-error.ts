import { CallError, unknownOutcome, type CallContext } from "./call-error.ts";

/** Which time was up: one attempt's, or the whole call's. */
export type TimeoutErrorCode = "timeout.attempt" | "timeout.total";

/** No answer in time. Whether the service did the work is not known. */
export class TimeoutError extends CallError {
  override name = "TimeoutError";
  readonly code: TimeoutErrorCode;
  /** How long it was waited for. */
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
