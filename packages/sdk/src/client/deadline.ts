import type { Clock } from "../clock/clock.ts";

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
  const controller = new AbortController();
  const timer = new AbortController();
  const stop = (): void => {
    controller.abort(outer?.reason);
  };
  if (outer?.aborted === true) throw outer.reason as Error;
  outer?.addEventListener("abort", stop, { once: true });
  if (millis <= LONGEST_TIMER) {
    clock.sleep(millis, timer.signal).then(
      () => {
        controller.abort(DEADLINE);
      },
      () => undefined,
    );
  }
  const { signal } = controller;
  try {
    return await new Promise<T>((resolve, reject) => {
      signal.addEventListener(
        "abort",
        () => {
          reject(signal.reason as Error);
        },
        { once: true },
      );
      work(signal).then(resolve, reject);
    });
  } finally {
    outer?.removeEventListener("abort", stop);
    timer.abort(DONE);
  }
}
