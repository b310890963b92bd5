import { apiErrorFrom } from "../errors/api-error-from.ts";
import type { ApiError } from "../errors/api-error.ts";
import type { CallContext } from "../errors/call-error.ts";
import { readErrorBody } from "../errors/service-answer.ts";
import { type UnreadableAnswerCode, UnreadableAnswerError } from "../errors/unreadable-answer-error.ts";
import { diagnoseSignature } from "../diagnosis/diagnose.ts";
import type { AlgorithmName } from "../signing/algorithms.ts";
import type { TransportAnswer } from "../transport/transport.ts";

/** An answer of success. */
export interface Answer {
  /** The object, as the service sent it; an empty object where the body is empty. */
  readonly data: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  readonly retries: number;
}

/** Amazon's id of a request, from the answer's headers. */
export function requestIdOf(headers: Readonly<Record<string, string>>): string | null {
  return headers["x-amz-pay-request-id"] ?? null;
}

/**
 * Reads an answer of success.
 *
 * @throws UnreadableAnswerError `answer.not-json`, or `answer.shape` for JSON that is no object, as every answer is
 */
export function readAnswer(answer: TransportAnswer, context: CallContext): Answer {
  const requestId = requestIdOf(answer.headers);
  const result = (data: unknown): Answer => ({
    data,
    status: answer.status,
    headers: answer.headers,
    requestId,
    retries: context.retries,
  });
  if (answer.body.trim() === "") return result({});
  const refuse = (code: UnreadableAnswerCode, what: string, cause?: unknown): never => {
    const message = `${context.operation} was answered with ${answer.status}, but its body is ${what}: something between here and the service answered in its place`;
    throw new UnreadableAnswerError(code, message, { ...context, cause, status: answer.status, requestId });
  };
  let data: unknown;
  try {
    data = JSON.parse(answer.body);
  } catch (error) {
    if (answer.status >= 300) return result({});
    return refuse("answer.not-json", "not JSON", error);
  }
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return result(data);
  return refuse("answer.shape", "no JSON object");
}

/** The error that an answer other than success stands for. */
export function readFailure(
  answer: TransportAnswer,
  context: CallContext,
  signed: { readonly canonicalRequest: string; readonly algorithm: AlgorithmName; readonly body: string },
): ApiError {
  const { reasonCode, message } = readErrorBody(answer.status, answer.body);
  return apiErrorFrom(
    { ...context, status: answer.status, reasonCode, serviceMessage: message, requestId: requestIdOf(answer.headers) },
    () => diagnoseSignature({ ...signed, serviceMessage: message, serviceDate: answer.headers["date"] }),
  );
}
