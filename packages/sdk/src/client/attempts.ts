import { AbortedError, type CallContext, ConnectionError, TimeoutError, unknownOutcome } from "../errors/call-error.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import { ApiError } from "../errors/api-error.ts";
import { retryDelay } from "../retry/delay.ts";
import { RETRIED_STATUSES } from "../retry/policy.ts";
import { parseRetryAfter } from "../retry/retry-after.ts";
import { AnswerTooLarge } from "../transport/answer-limit.ts";
import { faultOf } from "../transport/faults.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import {
  type Answer,
  DEADLINE,
  type PreparedCall,
  type SignedAttempt,
  readAnswer,
  readFailure,
  requestIdOf,
  signAttempt,
  tooLarge,
  withDeadline,
} from "./exchange.ts";
import type { Settings } from "./settings.ts";
import { type CallWatch, nextCallId, watchCall } from "./watch.ts";

/** What decides how often and how long a call is tried. */
export interface AttemptPolicy {
  /** Whether the service can tell a repeat, or the repeat does no harm. */
  readonly repeatable: boolean;
  readonly isSuccess: (status: number) => boolean;
  readonly signal: AbortSignal | undefined;
}

/** An attempt that failed. */
interface Failure {
  readonly error: AmazonPayError;
  /** Whether another attempt may help. */
  readonly passing: boolean;
  readonly status?: number;
  readonly retryAfter?: number | undefined;
}

/**
 * Makes a call: sends it, and sends it again while that is safe, may help, and there is time.
 *
 * @throws the last attempt's error
 */
export async function attemptCall(call: PreparedCall, settings: Settings, policy: AttemptPolicy): Promise<Answer> {
  const { clock, observer } = settings;
  if (observer === undefined) return attempts(call, settings, policy, undefined);
  const watch = watchCall(observer, clock, {
    callId: nextCallId(),
    operation: call.operation,
    method: call.method,
    origin: settings.origin,
    path: call.shownPath(),
    template: call.template,
    region: settings.region.region,
    environment: settings.environment,
  });
  return watch.call(() => attempts(call, settings, policy, watch));
}

async function attempts(
  call: PreparedCall,
  settings: Settings,
  policy: AttemptPolicy,
  watch: CallWatch | undefined,
): Promise<Answer> {
  const { clock, random } = settings;
  const end = clock.now() + settings.totalTimeoutMs;
  for (let retries = 0; ; retries += 1) {
    const context: CallContext = { operation: call.operation, retries, idempotencyKey: call.idempotencyKey };
    const outcome = await attempt(call, settings, policy, context, end - clock.now(), watch);
    if (!("error" in outcome)) return outcome;
    if (!outcome.passing || !policy.repeatable || retries >= settings.maxRetries) throw outcome.error;
    const delayMs = retryDelay(retries + 1, random, outcome.retryAfter);
    // A pause that leaves no time for the attempt after it only delays the error.
    if (clock.now() + delayMs >= end) throw outcome.error;
    watch?.pause(delayMs, outcome.status, outcome.error.code);
    try {
      await clock.sleep(delayMs, policy.signal);
    } catch {
      throw new AbortedError({ ...context, cause: policy.signal?.reason });
    }
  }
}

async function attempt(
  call: PreparedCall,
  settings: Settings,
  policy: AttemptPolicy,
  context: CallContext,
  left: number,
  watch: CallWatch | undefined,
): Promise<Answer | Failure> {
  const { clock, traffic } = settings;
  const limit = Math.min(settings.timeoutMs, left);
  watch?.begin(context.retries + 1);
  let signed: SignedAttempt | undefined;
  let answer: TransportAnswer | undefined;
  let outcome: Answer | Failure;
  traffic.attempts += 1;
  try {
    if (limit <= 0) throw DEADLINE;
    answer = await withDeadline(clock, limit, policy.signal, async (signal) => {
      signed = await signAttempt(call, settings);
      const { headers } = signed;
      const send = (): Promise<TransportAnswer> =>
        settings.transport.send({
          method: call.method,
          origin: settings.origin,
          target: call.query === "" ? call.path : `${call.path}?${call.query}`,
          headers,
          body: call.body,
          signal,
          maxBytes: settings.maxAnswerBytes,
        });
      return watch === undefined ? send() : watch.send(headers, send);
    });
    outcome = judge(answer, call, settings, policy, context, signed as SignedAttempt | undefined);
  } catch (error) {
    outcome = failureOf(error, settings, policy, context, left <= settings.timeoutMs);
  } finally {
    traffic.attempts -= 1;
  }
  const failed = "error" in outcome ? outcome.error : undefined;
  watch?.ended({
    ...answer,
    requestId: answer === undefined ? null : requestIdOf(answer.headers),
    reasonCode: failed instanceof ApiError ? failed.reasonCode : null,
    error: failed?.code,
  });
  return outcome;
}

function judge(
  answer: TransportAnswer,
  call: PreparedCall,
  settings: Settings,
  policy: AttemptPolicy,
  context: CallContext,
  signed: SignedAttempt | undefined,
): Answer | Failure {
  if (policy.isSuccess(answer.status)) return readAnswer(answer, context);
  const own = {
    canonicalRequest: signed?.canonicalRequest ?? "",
    algorithm: settings.algorithm,
    body: call.body ?? "",
    headers: signed?.headers ?? {},
  };
  const error = readFailure(answer, context, own, settings.diagnose, (status, reasonCode) =>
    settings.hint({
      status,
      reasonCode,
      path: call.path,
      body: own.body,
      region: settings.region.region,
      environment: settings.environment,
      publicKeyId: settings.publicKeyId,
    }),
  );
  return {
    error,
    // A declined payment is a decision: the same request would get the same one.
    passing: RETRIED_STATUSES.has(answer.status) && error.code !== "api.declined",
    status: answer.status,
    retryAfter: parseRetryAfter(answer.headers["retry-after"], settings.clock.now()),
  };
}

function failureOf(
  error: unknown,
  settings: Settings,
  policy: AttemptPolicy,
  context: CallContext,
  lastOfBudget: boolean,
): Failure {
  if (error === DEADLINE) {
    return lastOfBudget
      ? { error: new TimeoutError("timeout.total", settings.totalTimeoutMs, context), passing: false }
      : { error: new TimeoutError("timeout.attempt", settings.timeoutMs, context), passing: true };
  }
  if (policy.signal?.aborted === true)
    return { error: new AbortedError({ ...context, cause: policy.signal.reason }), passing: false };
  if (error instanceof AmazonPayError) return { error, passing: false };
  if (error instanceof AnswerTooLarge) return { error: tooLarge(error, context), passing: false };
  const fault = faultOf(error);
  const words = `${context.operation} got no answer from ${settings.origin}: ${fault.words}`;
  return {
    error: new ConnectionError(fault.code, fault.sent ? words + unknownOutcome(context) : words, {
      ...context,
      cause: error,
    }),
    passing: fault.passing,
  };
}
