import { AmazonPayError, type AmazonPayErrorOptions } from "./amazon-pay-error.ts";

/** The call that an error ended. */
export interface CallContext extends AmazonPayErrorOptions {
  /** For example `createCharge`. */
  readonly operation: string;
  /** Attempts made before the last one. */
  readonly retries: number;
  /** The key under which the call may be made again without doing its work twice; undefined where it has none. */
  readonly idempotencyKey?: string | undefined;
}

/** What to do about a call that may have been carried out although its answer did not come; nothing where it has no key. */
export function unknownOutcome({ idempotencyKey }: CallContext): string {
  return idempotencyKey === undefined
    ? ""
    : `; it may have been done all the same: call again with idempotencyKey ${idempotencyKey}`;
}

/** Base class of errors that occur once a call has started. */
export abstract class CallError extends AmazonPayError {
  override name = "CallError";
  /** For example `createCharge`. */
  declare readonly operation: string;
  /** Attempts made before the last one. */
  declare readonly retries: number;
  /** Pass it again to repeat the call without doing its work twice; undefined if the call has none. */
  declare readonly idempotencyKey: string | undefined;

  constructor(message: string, context: CallContext) {
    super(message, context);
    this.operation = context.operation;
    this.retries = context.retries;
    this.idempotencyKey = context.idempotencyKey;
  }
}

/** What happened to the connection. */
export type ConnectionErrorCode =
  | "connection.refused"
  | "connection.dns"
  | "connection.reset"
  | "connection.tls"
  | "connection.proxy"
  | "connection.failed";

/** No answer came, or only a part of one. Whether the service did the work is not known, save for `refused` and `dns`. */
export class ConnectionError extends CallError {
  override name = "ConnectionError";
  declare readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, context: CallContext) {
    super(message, context);
    this.code = code;
  }
}

/** What went wrong with a download. */
export type DownloadErrorCode =
  | "download.insecure-url"
  | "download.refused"
  | "download.truncated"
  | "download.corrupt";

/** A report document that could not be fetched whole. Nothing of it should be kept. */
export class DownloadError extends CallError {
  override name = "DownloadError";
  declare readonly code: DownloadErrorCode;
  /** Status of the document's host, where it answered. */
  declare readonly status: number | undefined;

  constructor(code: DownloadErrorCode, message: string, context: CallContext & { readonly status?: number }) {
    super(message, context);
    this.code = code;
    this.status = context.status;
  }
}

/** Which timeout expired: that of one attempt, or that of the whole call. */
export type TimeoutErrorCode = "timeout.attempt" | "timeout.total";

/** The call timed out. The service may or may not have done the work. */
export class TimeoutError extends CallError {
  override name = "TimeoutError";
  declare readonly code: TimeoutErrorCode;
  /** How long the client waited, in milliseconds. */
  declare readonly millis: number;

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

/** The caller's signal aborted the call; its reason is the `cause`. The service may or may not have done the work. */
export class AbortedError extends CallError {
  override name = "AbortedError";
  readonly code = "request.aborted";

  constructor(context: CallContext) {
    super(`${context.operation} was aborted by its signal after ${context.retries} retries`, context);
  }
}

/** Why a response cannot be used. */
export type UnreadableAnswerCode = "answer.not-json" | "answer.repeated-token" | "answer.shape" | "answer.too-large";

/** The service reported success, but the response cannot be used. */
export class UnreadableAnswerError extends CallError {
  override name = "UnreadableAnswerError";
  declare readonly code: UnreadableAnswerCode;
  /** HTTP status of the answer. */
  declare readonly status: number;
  /** Request id, which Amazon's support asks for. */
  declare readonly requestId: string | null;

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
