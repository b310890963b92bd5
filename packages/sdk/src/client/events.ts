/** Members of every event. Events contain no secrets and no personal data. */
export interface CallEvent {
  /** Number of the call within its process: the same for all events of one call. */
  readonly callId: number;
  /** For example `createCharge`. */
  readonly operation: string;
  /** HTTP method. */
  readonly method: string;
  /** Scheme, host and port that is called, for example `https://pay-api.amazon.eu`. */
  readonly origin: string;
  /** Path without secrets: tokens in it are replaced. */
  readonly path: string;
  /** Path with the names of its ids, for example `/v2/charges/{chargeId}`: the same for all calls of an operation. */
  readonly template: string;
  /** Region of the client, in the service's spelling. */
  readonly region: "na" | "eu" | "jp";
  /** Environment of the client's key. */
  readonly environment: "live" | "sandbox";
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** An attempt is about to be sent. */
export interface RequestEvent extends CallEvent {
  /** Headers as sent; values that could be secret or personal are left out. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt ended: with an answer, or without one. */
export interface ResponseEvent extends CallEvent {
  /** From just before the attempt was signed until its answer was read, in milliseconds. */
  readonly durationMs: number;
  /** Undefined where no answer came. */
  readonly status: number | undefined;
  /** Request id, which Amazon's support asks for; null without a response, or if it had none. */
  readonly requestId: string | null;
  /** The service's reason code, where it gave one. */
  readonly reasonCode: string | null;
  /** Code of the error that this attempt ended with, for example `connection.reset`. */
  readonly error: string | undefined;
  /** Headers of the response; values that could be secret or personal are left out. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An attempt failed, and another one will be made after a pause. */
export interface RetryEvent extends CallEvent {
  /** 1 for the first retry. */
  readonly retry: number;
  /** How long the pause will be, in milliseconds. */
  readonly delayMs: number;
  /** Status of the answer that led to it; undefined where none came. */
  readonly status: number | undefined;
  /** Code of the error that led to it. */
  readonly error: string;
}

/** A call ended: its last attempt had an answer, failed for good, or the caller gave up. */
export interface DoneEvent extends CallEvent {
  /** From the call to its end, with all attempts and pauses, in milliseconds. */
  readonly durationMs: number;
  /** Code of the error that the call ended with; undefined where it succeeded. */
  readonly error: string | undefined;
}

/**
 * Functions that are told about every call, for metrics and traces. They observe; they cannot change a call, and an error
 * in one of them does not reach the caller.
 */
export interface Hooks {
  /** Before every attempt. */
  readonly request?: (event: RequestEvent) => void;
  /** After every attempt, with an answer or without one. */
  readonly response?: (event: ResponseEvent) => void;
  /** Before every pause between two attempts. */
  readonly retry?: (event: RetryEvent) => void;
  /** After every call that `aroundCall` was told of. `attempt` is the number of attempts that were made. */
  readonly done?: (event: DoneEvent) => void;
  /**
   * Around a call with all its attempts: what `run` starts runs in the asynchronous context of the hook, as a tracer needs it.
   * The call is made once, whether or not the hook calls `run`, and how it ends is not the hook's to see or change. Requests
   * that are refused before anything is sent are not told.
   *
   * @example const hooks: Hooks = { aroundCall: (event, run) => storage.run(event.callId, run) };
   */
  readonly aroundCall?: (event: CallEvent, run: () => void) => void;
  /** Around the sending of one attempt, after `request`; as `aroundCall` otherwise. */
  readonly aroundAttempt?: (event: RequestEvent, run: () => void) => void;
}

/** Where to write about calls; `console` fits. */
export interface Logger {
  /** Every attempt and answer. */
  readonly debug?: (message: string, fields: object) => void;
  /** Retries, and errors in hooks. */
  readonly warn?: (message: string, fields: object) => void;
}
