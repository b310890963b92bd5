import type { Clock } from "./clock.ts";

/** A clock that stands still until it is told to move: for tests and simulation. */
export interface ManualClock extends Clock {
  /** Moves on by so many milliseconds and wakes every sleeper that is due, in order. */
  advance(millis: number): Promise<void>;
  /** How many sleepers wait. */
  readonly sleepers: number;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * Makes a clock that moves only by `advance`, or, with `autoAdvance`, jumps to the end of every sleep at once.
 *
 * @example
 * const clock = manualClock(Date.UTC(2026, 0, 1));
 * const done = clock.sleep(1000);
 * await clock.advance(1000);
 * await done;
 */
export function manualClock(start: number, options: { readonly autoAdvance?: boolean } = {}): ManualClock {
  let present = start;
  let waiting: Sleeper[] = [];
  return {
    now: () => present,
    sleep(millis, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      if (options.autoAdvance === true) {
        present += millis;
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        const sleeper: Sleeper = {
          due: present + millis,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        const stop = (): void => {
          waiting = waiting.filter((other) => other !== sleeper);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener("abort", stop, { once: true });
        waiting.push(sleeper);
      });
    },
    async advance(millis) {
      const end = present + millis;
      for (;;) {
        const next = waiting.toSorted((left, right) => left.due - right.due).find((sleeper) => sleeper.due <= end);
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        present = Math.max(present, next.due);
        next.wake();
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      present = end;
    },
    get sleepers() {
      return waiting.length;
    },
  };
}
