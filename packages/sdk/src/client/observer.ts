import type { CallEvent, DoneEvent, Hooks, Logger, RequestEvent, ResponseEvent, RetryEvent } from "./events.ts";

/** Tells hooks and logger about calls. */
export interface Observer {
  readonly request: (event: RequestEvent) => void;
  readonly response: (event: ResponseEvent) => void;
  readonly retry: (event: RetryEvent) => void;
  readonly done: (event: DoneEvent) => void;
  readonly aroundCall: <T>(event: CallEvent, work: () => Promise<T>) => Promise<T>;
  readonly aroundAttempt: <T>(event: RequestEvent, work: () => Promise<T>) => Promise<T>;
}

/** An observer for the given hooks and logger; undefined where nobody listens, so that no event need be built. */
export function observerOf(hooks: Hooks | undefined, logger: Logger | undefined): Observer | undefined {
  if (hooks === undefined && logger === undefined) return undefined;
  const guarded = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      // A payment must not fail because a counter did; the name is safe to show, the message may not be.
      logger?.warn?.("a hook of the Amazon Pay client failed", {
        error: error instanceof Error ? error.name : typeof error,
      });
    }
  };
  // Whatever the hook does, the work is done once, and its outcome goes to anyone who asked for it.
  const around = <T>(call: (run: () => void) => void, work: () => Promise<T>): Promise<T> => {
    let outcome: Promise<T> | undefined;
    const run = (): Promise<T> => (outcome ??= work());
    guarded(() => {
      call(run);
    });
    return run();
  };
  return {
    request: (event) => {
      guarded(() => hooks?.request?.(event));
      logger?.debug?.(`${event.operation} request`, event);
    },
    response: (event) => {
      guarded(() => hooks?.response?.(event));
      logger?.debug?.(`${event.operation} ${event.status ?? event.error ?? "ended"}`, event);
    },
    retry: (event) => {
      guarded(() => hooks?.retry?.(event));
      logger?.warn?.(`${event.operation} is tried again in ${event.delayMs} ms after ${event.error}`, event);
    },
    done: (event) => {
      guarded(() => hooks?.done?.(event));
    },
    aroundCall: (event, work) => around((run) => hooks?.aroundCall?.(event, run), work),
    aroundAttempt: (event, work) => around((run) => hooks?.aroundAttempt?.(event, run), work),
  };
}
