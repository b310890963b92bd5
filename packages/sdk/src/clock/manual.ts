import type { Clock } from "./clock.ts";
import { onAbort } from "./on-abort.ts";

/**
 * Does some work once the events that have already come are dealt with, so that what they asked for can be done together.
 * No time passes for it: with nothing else to do it is done at once.
 *
 * @example
 * if (waiting.push(answer) === 1) afterPendingEvents(() => sendAll(waiting.splice(0)));
 */
export function afterPendingEvents(work: () => void): void {
  if (typeof setImmediate === "function") setImmediate(work);
  else setTimeout(work, 0);
}

/** A clock that stands still until it is told to move: for tests and simulation. */
export interface ManualClock extends Clock {
  /** Moves on by this many milliseconds and wakes every sleeper that is due, in order. */
  advance(millis: number): Promise<void>;
  /** How many sleepers wait. */
  readonly sleepers: number;
}

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/**
 * Makes a clock that moves only by `advance`, or, with `autoAdvance`, jumps to the end of every sleep as soon as the work that
 * is waiting had its turn. Alarms, and so the time limits of a client, never move a clock: they ring when it has gone past them.
 *
 * @example
 * const clock = manualClock(Date.UTC(2026, 0, 1));
 * const done = clock.sleep(1000);
 * await clock.advance(1000);
 * await done;
 *
 * @example
 * // A client whose pauses before retries take no time.
 * const clock = manualClock(Date.UTC(2026, 0, 1), { autoAdvance: true });
 * const client = new AmazonPay({ region: "na", publicKeyId, privateKey, clock });
 */
export function manualClock(start: number, options: { readonly autoAdvance?: boolean } = {}): ManualClock {
  let present = start;
  let waiting: Sleeper[] = [];
  const give = (sleeper: Sleeper): void => {
    waiting = waiting.filter((other) => other !== sleeper);
  };
  /** Moves on to the next sleeper that is due by then, and wakes it; false when there is none. */
  const wakeNext = (end: number): boolean => {
    const next = waiting.toSorted((left, right) => left.due - right.due).find((sleeper) => sleeper.due <= end);
    if (next === undefined) return false;
    give(next);
    present = Math.max(present, next.due);
    next.wake();
    return true;
  };
  return {
    now: () => present,
    sleep(millis, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      return new Promise((resolve, reject) => {
        const sleeper: Sleeper = {
          due: present + millis,
          wake: () => {
            ignore?.();
            resolve();
          },
        };
        const stop = (): void => {
          give(sleeper);
          reject(signal?.reason as Error);
        };
        const ignore = signal === undefined ? undefined : onAbort(signal, stop);
        waiting.push(sleeper);
        if (options.autoAdvance !== true) return;
        afterPendingEvents(() => {
          while (waiting.includes(sleeper) && wakeNext(sleeper.due));
        });
      });
    },
    alarm(millis, ring) {
      const sleeper: Sleeper = { due: present + millis, wake: ring };
      waiting.push(sleeper);
      return () => {
        give(sleeper);
      };
    },
    async advance(millis) {
      const end = present + millis;
      while (wakeNext(end)) {
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      }
      present = end;
    },
    get sleepers() {
      return waiting.length;
    },
  };
}
