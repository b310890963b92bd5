import { CallError, type CallContext } from "./call-error.ts";

/** Why a response cannot be used. */
export type UnreadableAnswerCode = "answer.not-json" | "answer.repeated-token" | "answer.shape" | "answer.too-large";

/** The service reported success, but the response cannot be used. */
export class UnreadableAnswerError extends CallError {
  override name = "UnreadableAnswerError";
  readonly code: UnreadableAnswerCode;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;

  constructor(
    code: UnreadableAnswerCode,
    message: string,
    context: CallContext & { readonly status: number; readonly requestId: string | null },
  ) {
    super(message, context);
    this.code = code;
    this.status = context.status;
    this.requestId = context.requestId;
  }
}
