import { DEADLINE, withDeadline } from "../../client/exchange.ts";
import type { CallWatch } from "../../client/watch.ts";
import { AbortedError, ConnectionError, TimeoutError, UnreadableAnswerError } from "../../errors/call-error.ts";
import type { AmazonPayError } from "../../errors/amazon-pay-error.ts";
import { parseRetryAfter } from "../../retry/retry-after.ts";
import { AnswerTooLarge, LARGEST_ANSWER, readUpTo } from "../../transport/answer-limit.ts";
import { faultOf } from "../../transport/faults.ts";
import type { TransportStream } from "../../transport/transport.ts";
import { readErrorAnswer } from "../answers/error-answer.ts";
import { MwsApiError } from "../errors.ts";
import type { MwsAction } from "../operations.ts";
import type { MwsSettings } from "../options.ts";

/** What is sent in one attempt. */
export interface Outgoing {
  readonly action: MwsAction | "Ping";
  readonly method: "GET" | "POST";
  readonly target: string;
  readonly body: string | undefined;
  readonly timestamp: string;
  readonly timeoutMs: number;
}

/** An answer of success. */
export interface MwsAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** An attempt that failed. */
export interface Failure {
  readonly error: AmazonPayError;
  /** Of the answer that was refused; undefined where none came. */
  readonly status?: number | undefined;
  /** `never`: it would fail again; `undone`: the service has not done the work; `unknown`: perhaps it has. */
  readonly again: "never" | "undone" | "unknown";
  /** What the service asked to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

const UNDONE_FAULTS: ReadonlySet<string> = new Set(["connection.refused", "connection.dns"]);

/** Reads when the hourly quota is full again; the header has no fixed form, so any date that can be read counts. */
function untilReset(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const time = Date.parse(headers["x-mws-quota-resetson"] ?? "");
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

const SECRET_PARAMETERS = ["MWSAuthToken", "Signature", "AWSAccessKeyId"];

/** What a request holds that has no place in an error, as it is and as it is written in an address. */
function secretsOf({ target, body = "" }: Outgoing): string[] {
  const parameters = new URLSearchParams(`${target.split("?")[1] ?? ""}&${body}`);
  return SECRET_PARAMETERS.flatMap((name) => parameters.getAll(name)).flatMap((value) => [
    value,
    encodeURIComponent(value),
  ]);
}

function refused(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  bytes: Uint8Array,
  outgoing: Outgoing,
  retries: number,
  now: number,
): Failure {
  const { status, headers } = answer;
  const context = readErrorAnswer(new TextDecoder().decode(bytes), headers, secretsOf(outgoing));
  const { action: operation, timestamp } = outgoing;
  const error = new MwsApiError({ operation, status, timestamp, retries, ...context });
  if (error.code === "mws.throttled") {
    const quotaUsedUp = error.serviceCode === "QuotaExceeded";
    const retryAfter =
      parseRetryAfter(headers["retry-after"], now) ?? (quotaUsedUp ? untilReset(headers, now) : undefined);
    return { error, status, again: "undone", retryAfter };
  }
  const passing = status >= 500;
  return {
    error,
    status,
    again: passing ? "unknown" : "never",
    retryAfter: parseRetryAfter(headers["retry-after"], now),
  };
}

/** Sends a request that has these headers. */
type Send = (headers: Record<string, string>, work: () => Promise<TransportStream>) => Promise<TransportStream>;

/** Sends a request once, and tells of it. */
export async function watchedAttempt(
  outgoing: Outgoing,
  settings: MwsSettings,
  signal: AbortSignal | undefined,
  retries: number,
  watch: CallWatch,
): Promise<MwsAnswer | Failure> {
  watch.begin(retries + 1);
  let answer: TransportStream | undefined;
  const send: Send = async (headers, work) => (answer = await watch.send(headers, work));
  const outcome = await attempt(outgoing, settings, signal, retries, send);
  const error = "error" in outcome ? outcome.error : undefined;
  const told = answer as TransportStream | undefined;
  watch.ended({
    ...told,
    requestId: (error instanceof MwsApiError ? error.requestId : null) ?? told?.headers["x-mws-request-id"] ?? null,
    reasonCode: error instanceof MwsApiError ? error.serviceCode : null,
    error: error?.code,
  });
  return outcome;
}

/** Sends a request once. */
export async function attempt(
  outgoing: Outgoing,
  settings: MwsSettings,
  signal: AbortSignal | undefined,
  retries: number,
  send: Send,
): Promise<MwsAnswer | Failure> {
  const { clock, transport, endpoint, userAgent, maxReportBytes } = settings;
  const context = { operation: outgoing.action, retries };
  const form = "application/x-www-form-urlencoded; charset=utf-8";
  try {
    return await withDeadline(clock, outgoing.timeoutMs, signal, async (inner) => {
      const headers = { "user-agent": userAgent, ...(outgoing.body !== undefined && { "content-type": form }) };
      const { method, target, body } = outgoing;
      const answer = await send(headers, () =>
        transport.open({ method, origin: endpoint, target, headers, body, signal: inner }),
      );
      const maxBytes = outgoing.action === "GetReport" && answer.status === 200 ? maxReportBytes : LARGEST_ANSWER;
      const bytes = await readUpTo(answer.body, maxBytes);
      if (bytes === undefined) throw new AnswerTooLarge(maxBytes, answer.status, answer.headers);
      if (answer.status === 200) return { headers: answer.headers, bytes };
      return refused(answer, bytes, outgoing, retries, clock.now());
    });
  } catch (error) {
    if (error === DEADLINE) {
      return { error: new TimeoutError("timeout.attempt", outgoing.timeoutMs, context), again: "unknown" };
    }
    if (signal?.aborted === true) {
      return { error: new AbortedError({ ...context, cause: signal.reason }), again: "never" };
    }
    if (error instanceof AnswerTooLarge) {
      const { status, headers, maxBytes } = error;
      const words = `${outgoing.action} was answered with ${status} and more than ${maxBytes} bytes: the rest was not read`;
      const requestId = headers["x-mws-request-id"] ?? null;
      return {
        error: new UnreadableAnswerError("answer.too-large", words, { ...context, status, requestId }),
        again: "never",
      };
    }
    const fault = faultOf(error);
    const message = `${outgoing.action} got no answer from ${endpoint}: ${fault.words}`;
    const undone = UNDONE_FAULTS.has(fault.code) ? "undone" : "unknown";
    return {
      error: new ConnectionError(fault.code, message, { ...context, cause: error }),
      again: fault.passing ? undone : "never",
    };
  }
}
