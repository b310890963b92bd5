import { CallError, type CallContext } from "./call-error.ts";

/** The caller's signal ended the call; its reason is the `cause`. Whether the service did the work is not known. */
export class AbortedError extends CallError {
  override name = "AbortedError";
  readonly code = "request.aborted";

  constructor(context: CallContext) {
    super(`${context.operation} was aborted by its signal after ${context.retries} retries`, context);
  }
}
