import { isObject } from "../kind.ts";
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

/** Hears of a promise that rejects: nobody waits for what a hook or logger gives. */
function settle(given: unknown, rejected: (error: unknown) => void): void {
  if (isObject(given) && "then" in given) Promise.resolve(given).catch(rejected);
}

/** An observer for the given hooks and logger; undefined where nobody listens, so that no event need be built. */
export function observerOf(hooks: Hooks | undefined, logger: Logger | undefined): Observer | undefined {
  if (hooks === undefined && logger === undefined) return undefined;
  const failed = (what: string, error: unknown): void => {
    try {
      // The name is safe to show, the message may not be.
      const told: unknown = logger?.warn?.(`a ${what} of the Amazon Pay client failed`, {
        error: error instanceof Error ? error.name : typeof error,
      });
      settle(told, () => undefined);
    } catch {
      // A logger that fails at this, too, is left alone.
    }
  };
  // A payment must not fail, and no process end, because a counter did: whether it fails at once or later.
  const guarded = (what: string, call: () => unknown): void => {
    try {
      settle(call(), (error) => {
        failed(what, error);
      });
    } catch (error) {
      failed(what, error);
    }
  };
  const log = (call: () => unknown): void => {
    guarded("logger", call);
  };
  // Whatever the hook does, the work is done once, and its outcome goes to anyone who asked for it.
  const around = <T>(call: (run: () => Promise<T>) => unknown, work: () => Promise<T>): Promise<T> => {
    let outcome: Promise<T> | undefined;
    const run = (): Promise<T> => (outcome ??= work());
    guarded("hook", () => call(run));
    return run();
  };
  return {
    request: (event) => {
      guarded("hook", () => hooks?.request?.(event));
      log(() => logger?.debug?.(`${event.operation} request`, event));
    },
    response: (event) => {
      guarded("hook", () => hooks?.response?.(event));
      log(() => logger?.debug?.(`${event.operation} ${event.status ?? event.error ?? "ended"}`, event));
    },
    retry: (event) => {
      guarded("hook", () => hooks?.retry?.(event));
      log(() => logger?.warn?.(`${event.operation} is tried again in ${event.delayMs} ms after ${event.error}`, event));
    },
    done: (event) => {
      guarded("hook", () => hooks?.done?.(event));
    },
    aroundCall: (event, work) => around((run) => hooks?.aroundCall?.(event, run), work),
    aroundAttempt: (event, work) => around((run) => hooks?.aroundAttempt?.(event, run), work),
  };
}
