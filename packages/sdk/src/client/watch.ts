import type { Clock } from "../clock/clock.ts";
import { AmazonPayError } from "../errors/amazon-pay-error.ts";
import type { CallEvent, ResponseEvent } from "./events.ts";
import type { Observer } from "./observer.ts";
import { redactHeaders } from "./redaction.ts";

let calls = 0;

/** Number of the next call within this process: whichever client makes it, so that hooks of several can tell their calls apart. */
export function nextCallId(): number {
  calls += 1;
  return calls;
}

/** What all events of a call say. */
export type CallFacts = Omit<CallEvent, "attempt" | "at">;

/** What an attempt came to. */
export interface AttemptEnd extends Partial<Pick<ResponseEvent, "status" | "requestId" | "reasonCode" | "headers">> {
  readonly error: string | undefined;
}

/** A call as hooks and logger see it: its attempts, its pauses and its end. */
export interface CallWatch {
  /** Where a request goes may change between attempts. */
  facts: CallFacts;
  /** The whole call. */
  readonly call: <T>(work: () => Promise<T>) => Promise<T>;
  /** A call that goes on after its work when that succeeds, until `done` is called: a stream is still to be read. */
  readonly opening: <T>(work: () => Promise<T>) => Promise<T>;
  /** The call has ended; only the first time counts. */
  readonly done: (failure?: unknown) => void;
  /** An attempt begins, the first with 1. */
  readonly begin: (number: number) => void;
  /** Sends an attempt. */
  readonly send: <T>(headers: Readonly<Record<string, string>>, work: () => Promise<T>) => Promise<T>;
  /** An attempt ended. */
  readonly ended: (end: AttemptEnd) => void;
  /** Another attempt follows after a pause. */
  readonly pause: (delayMs: number, status: number | undefined, error: string) => void;
}

/** Watches a call, from now on. */
export function watchCall(observer: Observer, clock: Clock, facts: CallFacts): CallWatch {
  const start = clock.now();
  let attempt = 1;
  let attemptStart = start;
  let isOver = false;
  const event = (): CallEvent => ({ ...watch.facts, attempt, at: clock.now() });
  const watch: CallWatch = {
    facts,
    call: (work) =>
      watch.opening(async () => {
        const value = await work();
        watch.done();
        return value;
      }),
    opening: (work) =>
      observer.aroundCall(event(), async () => {
        try {
          return await work();
        } catch (error) {
          watch.done(error);
          throw error;
        }
      }),
    done: (failure) => {
      if (isOver) return;
      isOver = true;
      const error = failure instanceof AmazonPayError ? failure.code : failure === undefined ? undefined : "unexpected";
      observer.done({ ...event(), durationMs: clock.now() - start, error });
    },
    begin: (number) => {
      attempt = number;
      attemptStart = clock.now();
    },
    send: (headers, work) => {
      const request = { ...event(), at: attemptStart, headers: redactHeaders(headers) };
      observer.request(request);
      return observer.aroundAttempt(request, work);
    },
    ended: ({ status, requestId = null, reasonCode = null, headers = {}, error }) => {
      const durationMs = clock.now() - attemptStart;
      observer.response({
        ...event(),
        durationMs,
        status,
        requestId,
        reasonCode,
        error,
        headers: redactHeaders(headers),
      });
    },
    pause: (delayMs, status, error) => {
      observer.retry({ ...event(), retry: attempt, delayMs, status, error });
    },
  };
  return watch;
}
