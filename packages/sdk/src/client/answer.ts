import { apiErrorFrom } from "../errors/api-error-from.ts";
import type { ApiError, ApiErrorContext } from "../errors/api-error.ts";
import { unknownOutcome, type CallContext } from "../errors/call-error.ts";
import { readErrorBody, safeMessage } from "../errors/service-answer.ts";
import { UnreadableAnswerError } from "../errors/unreadable-answer-error.ts";
import type { DiagnoseSignature } from "../diagnosis/diagnosis.ts";
import type { AlgorithmName } from "../signing/algorithms.ts";
import type { AnswerTooLarge } from "../transport/answer-limit.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import { secretsOf } from "./redaction.ts";

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
export function readAnswer({ status, headers, body }: TransportAnswer, context: CallContext): Answer {
  const requestId = requestIdOf(headers);
  const result = (data: unknown): Answer => ({ data, status, headers, requestId, retries: context.retries });
  let cause: unknown;
  try {
    const data: unknown = JSON.parse(body.trim() || "{}");
    if (Object(data) === data && !Array.isArray(data)) return result(data);
  } catch (error) {
    if (status >= 300) return result({});
    cause = error;
  }
  throw new UnreadableAnswerError(
    cause === undefined ? "answer.shape" : "answer.not-json",
    `${context.operation} was answered with ${status}, but its body is no JSON object: something between here and the service answered instead`,
    { ...context, cause, status, requestId },
  );
}

/** The error for an answer that was not read to its end. The work may be done: the status is the service's own. */
export function tooLarge({ maxBytes, status, headers }: AnswerTooLarge, context: CallContext): UnreadableAnswerError {
  return new UnreadableAnswerError(
    "answer.too-large",
    `${context.operation} was answered with ${status} and more than maxAnswerBytes, ${maxBytes} bytes: the rest was not read${unknownOutcome(context)}`,
    { ...context, status, requestId: requestIdOf(headers) },
  );
}

/** The error that an answer other than success stands for. */
export function readFailure(
  { status, headers, body }: TransportAnswer,
  context: CallContext,
  signed: {
    readonly canonicalRequest: string;
    readonly algorithm: AlgorithmName;
    readonly body: string;
    readonly headers: Readonly<Record<string, string>>;
  },
  diagnose: DiagnoseSignature,
  hint: (status: number, reasonCode: string | null) => string,
): ApiError {
  const { reasonCode, message: serviceMessage } = readErrorBody(status, body);
  const reason = reasonCode as ApiErrorContext["reasonCode"];
  const shown = safeMessage(serviceMessage, secretsOf(signed.headers, signed.body));
  return apiErrorFrom(
    { ...context, status, reasonCode: reason, serviceMessage: shown, requestId: requestIdOf(headers) },
    // The service's own string to sign stands in the message, and is compared whole.
    () => diagnose({ ...signed, serviceMessage, serviceDate: headers["date"] }),
    hint(status, reasonCode),
  );
}
