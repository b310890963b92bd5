import type { Hooks, Logger, RequestEvent, ResponseEvent, RetryEvent } from "./events.ts";

/** Tells hooks and logger about calls. */
export interface Observer {
  readonly request: (event: RequestEvent) => void;
  readonly response: (event: ResponseEvent) => void;
  readonly retry: (event: RetryEvent) => void;
}

/** An observer for the given hooks and logger; undefined where nobody listens, so that no event need be built. */
export function observerOf(hooks: Hooks | undefined, logger: Logger | undefined): Observer | undefined {
  if (hooks === undefined && logger === undefined) return undefined;
  const tell = <Event extends object>(hook: ((event: Event) => void) | undefined, event: Event): void => {
    try {
      hook?.(event);
    } catch (error) {
      // A payment must not fail because a counter did; the name is safe to show, the message may not be.
      logger?.warn?.("a hook of the Amazon Pay client failed", {
        error: error instanceof Error ? error.name : typeof error,
      });
    }
  };
  return {
    request: (event) => {
      tell(hooks?.request, event);
      logger?.debug?.(`${event.operation} request`, event);
    },
    response: (event) => {
      tell(hooks?.response, event);
      logger?.debug?.(`${event.operation} ${event.status ?? event.error ?? "ended"}`, event);
    },
    retry: (event) => {
      tell(hooks?.retry, event);
      logger?.warn?.(`${event.operation} is tried again in ${event.delayMs} ms after ${event.error}`, event);
    },
  };
}
