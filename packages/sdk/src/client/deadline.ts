import type { Clock } from "../clock/clock.ts";
import { onAbort } from "../clock/on-abort.ts";

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
  if (outer?.aborted === true) throw outer.reason as Error;
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    let cancel: (() => void) | undefined;
    const end = (reason: unknown): void => {
      quiet();
      controller.abort(reason);
      reject(controller.signal.reason as Error);
    };
    const stop = (): void => {
      end(outer?.reason);
    };
    const ignore = outer === undefined ? undefined : onAbort(outer, stop);
    const quiet = (): void => {
      ignore?.();
      cancel?.();
    };
    if (millis <= LONGEST_TIMER) {
      cancel = alarm(clock, millis, () => {
        end(DEADLINE);
      });
    }
    work(controller.signal).then(
      (value) => {
        quiet();
        resolve(value);
      },
      (error: unknown) => {
        quiet();
        reject(error as Error);
      },
    );
  });
}

function alarm(clock: Clock, millis: number, ring: () => void): () => void {
  if (clock.alarm !== undefined) return clock.alarm(millis, ring);
  const timer = new AbortController();
  clock.sleep(millis, timer.signal).then(ring, () => undefined);
  return () => {
    timer.abort(DONE);
  };
}
