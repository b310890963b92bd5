import { apiErrorFrom } from "../errors/api-error-from.ts";
import type { ApiError } from "../errors/api-error.ts";
import type { CallContext } from "../errors/call-error.ts";
import { readErrorBody } from "../errors/service-answer.ts";
import { UnreadableAnswerError } from "../errors/unreadable-answer-error.ts";
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
 * @throws UnreadableAnswerError `answer.not-json`
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
  try {
    return result(JSON.parse(answer.body));
  } catch (error) {
    if (answer.status >= 300) return result({});
    throw new UnreadableAnswerError(
      "answer.not-json",
      `${context.operation} was answered with ${answer.status}, but its body is not JSON: something between here and the service answered in its place`,
      {
        ...context,
        cause: error,
        status: answer.status,
        requestId,
      },
    );
  }
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
