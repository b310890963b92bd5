import type { Clock } from "../clock/clock.ts";
import { onAbort } from "../clock/on-abort.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import { KeyError } from "../errors/key-error.ts";
import { formatAuthorization } from "../signing/authorization.ts";
import { toBase64 } from "../base64.ts";
import { assemble, namesOf } from "../signing/canonical-request.ts";
import { basicDate } from "../signing/required-headers.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import type { Settings } from "./settings.ts";
import { USER_AGENT } from "./user-agent.ts";
import { apiErrorFrom } from "../errors/api-error-from.ts";
import type { ApiError, ApiErrorContext } from "../errors/api-error.ts";
import { type CallContext, unknownOutcome, UnreadableAnswerError } from "../errors/call-error.ts";
import { readErrorBody, safeMessage } from "../errors/service-answer.ts";
import type { DiagnoseSignature } from "../errors/diagnosis.ts";
import type { AlgorithmName } from "../operations/algorithms.ts";
import type { AnswerTooLarge } from "../transport/answer-limit.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import { secretsOf } from "./redaction.ts";

/** Reason of an abort that a deadline brought about. */
export const DEADLINE = Symbol("deadline");
const DONE = Symbol("done");

/** The longest time that a timer of the common runtimes can hold. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Does some work within a time. Whatever the work does with its signal, the promise ends when time is up or the outer
 * signal aborts.
 *
 * @param millis `Infinity` for no limit
 * @throws DEADLINE when time is up; the outer signal's reason when it aborts
 */
export async function withDeadline<T>(
  clock: Clock,
  millis: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (outer?.aborted === true) throw outer.reason as Error;
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let cancel: (() => void) | undefined;
    const end = (reason: unknown): void => {
      quiet();
      controller.abort(reason);
      reject(controller.signal.reason as Error);
    };
    const stop = (): void => {
      end(outer?.reason);
    };
    const ignore = outer === undefined ? undefined : onAbort(outer, stop);
    const quiet = (): void => {
      ignore?.();
      cancel?.();
    };
    if (millis <= LONGEST_TIMER) {
      cancel = alarm(clock, millis, () => {
        end(DEADLINE);
      });
    }
    work(controller.signal).then(
      (value) => {
        quiet();
        resolve(value);
      },
      (error: unknown) => {
        quiet();
        reject(error as Error);
      },
    );
  });
}

function alarm(clock: Clock, millis: number, ring: () => void): () => void {
  if (clock.alarm !== undefined) return clock.alarm(millis, ring);
  const timer = new AbortController();
  clock.sleep(millis, timer.signal).then(ring, () => undefined);
  return () => {
    timer.abort(DONE);
  };
}

/** A call as it will be sent, before any attempt. */
export interface PreparedCall {
  readonly operation: string;
  readonly method: string;
  /** Whole path, canonical already. */
  readonly path: string;
  /** Canonical query, empty for none. */
  readonly query: string;
  readonly body: string | undefined;
  /** Fixed for all attempts. */
  readonly idempotencyKey: string | undefined;
  readonly authToken: string | undefined;
  /** Unsigned. */
  readonly extraHeaders: Readonly<Record<string, string>>;
  /** Path with the names of its ids instead of them. */
  readonly template: string;
  /** For events: made only where somebody listens. */
  readonly shownPath: () => string;
}

/** One attempt, signed. */
export interface SignedAttempt {
  readonly headers: Record<string, string>;
  readonly canonicalRequest: string;
}

/**
 * Signs one attempt with the present time.
 *
 * @throws KeyError `key.signing-failed` when a signer of the user's own fails
 */
export async function signAttempt(call: PreparedCall, settings: Settings): Promise<SignedAttempt> {
  // In code-point order, as they are signed.
  const signed: [string, string][] = [
    ["accept", "application/json"],
    ["content-type", "application/json"],
  ];
  if (call.authToken !== undefined) signed.push(["x-amz-pay-authtoken", call.authToken]);
  signed.push(["x-amz-pay-date", basicDate(settings.clock.now())], ["x-amz-pay-host", settings.region.apiHost]);
  if (call.idempotencyKey !== undefined) signed.push(["x-amz-pay-idempotency-key", call.idempotencyKey]);
  signed.push(["x-amz-pay-region", settings.region.region]);
  const signedHeaders = namesOf(signed);
  const canonicalRequest = assemble(call.method, call.path, call.query, signed, signedHeaders, call.body);
  const { algorithm, publicKeyId } = settings;
  const signature = toBase64(await signatureOf(stringToSign(canonicalRequest, algorithm), settings));
  return {
    canonicalRequest,
    headers: {
      ...call.extraHeaders,
      ...Object.fromEntries(signed),
      "user-agent": USER_AGENT,
      authorization: formatAuthorization({ algorithm, publicKeyId, signedHeaders, signature }),
    },
  };
}

const UTF8 = /* @__PURE__ */ new TextEncoder();

async function signatureOf(text: string, { signer, algorithm, traffic }: Settings): Promise<Uint8Array> {
  const message = UTF8.encode(text);
  let signature: unknown;
  try {
    signature = await (traffic.attempts > 1 && signer.signAside !== undefined
      ? signer.signAside(message, algorithm)
      : signer.sign(message, algorithm));
  } catch (error) {
    if (error instanceof AmazonPayError) throw error;
    throw new KeyError("key.signing-failed", "the signer failed to sign; its own error is the cause", { cause: error });
  }
  if (!(signature instanceof Uint8Array)) {
    throw new KeyError(
      "key.signing-failed",
      "the signer gave no bytes: sign() must give the raw signature as a Uint8Array",
    );
  }
  return signature;
}

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
    `${context.operation} was answered with ${status}, but its body is no JSON object${packedWith(headers)}: something between here and the service answered instead`,
    { ...context, cause, status, requestId },
  );
}

/** Says of a body that cannot be read that it was packed. */
function packedWith({ "content-encoding": packing }: Readonly<Record<string, string>>): string {
  return packing === undefined ? "" : ` (it is packed with ${packing.slice(0, 20)}, which nobody asked for)`;
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
  const { reasonCode, message: serviceMessage } = readErrorBody(status, body, packedWith(headers));
  const reason = reasonCode as ApiErrorContext["reasonCode"];
  const shown = safeMessage(serviceMessage, secretsOf(signed.headers, signed.body));
  return apiErrorFrom(
    { ...context, status, reasonCode: reason, serviceMessage: shown, requestId: requestIdOf(headers) },
    // The service's own string to sign stands in the message, and is compared whole.
    () => diagnose({ ...signed, serviceMessage, serviceDate: headers["date"] }),
    hint(status, reasonCode),
  );
}
