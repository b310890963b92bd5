import type { Hooks } from "@amazon-pay-kit/sdk";

/** Tells of every call that a client puts on the wire. */
export interface Attempts {
  /** For the client's option `hooks`. */
  readonly hooks: Hooks;
  /** Calls the listener with the name of the operation, such as `getReports`, before each attempt of each call. */
  listen(listener: (operation: string) => void): void;
}

/**
 * Joins a client to a source, so that workers who share a rate count what is really sent: a retry, or a second asking for an
 * address that has expired, is a call like any other.
 *
 * @example
 * const attempts = clientAttempts();
 * const source = apiV2Source(new AmazonPay({ region: "na", publicKeyId, privateKey, hooks: attempts.hooks }), { attempts });
 */
export function clientAttempts(): Attempts {
  const listeners = new Set<(operation: string) => void>();
  return {
    hooks: {
      request: ({ operation }) => {
        for (const listener of listeners) listener(operation);
      },
    },
    listen: (listener) => void listeners.add(listener),
  };
}
