import { CallError, type CallContext } from "./call-error.ts";

/** The caller's signal aborted the call; its reason is the `cause`. The service may or may not have done the work. */
export class AbortedError extends CallError {
  override name = "AbortedError";
  readonly code = "request.aborted";

  constructor(context: CallContext) {
    super(`${context.operation} was aborted by its signal after ${context.retries} retries`, context);
  }
}
