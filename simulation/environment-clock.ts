import type { Clock } from "@amazon-pay-kit/sdk/clock";

interface Sleeper {
  readonly due: number;
  readonly wake: () => void;
}

/** The time of everybody in a world. */
export interface EnvironmentClock extends Clock {
  /** Lets time pass outside any sleep, and wakes those that were waiting for it. */
  pass(millis: number): Promise<void>;
}

/**
 * A clock for one process in which nobody really waits: who sleeps moves the time on and goes on at once.
 *
 * But for signs of life: they are given beside the work, all the time, and would carry the time away with them. Such a sleep
 * ends when others have moved the time so far.
 *
 * @param move moves the world's time on
 * @param beside lengths of the sleeps that do not move it
 */
export function environmentClock(
  now: () => number,
  move: (millis: number) => Promise<void>,
  beside: ReadonlySet<number>,
): EnvironmentClock {
  const sleepers = new Set<Sleeper>();
  const wake = (): void => {
    for (const sleeper of sleepers) if (sleeper.due <= now()) sleeper.wake();
  };
  const pass = async (millis: number): Promise<void> => {
    await move(millis);
    wake();
  };
  return {
    now,
    pass,
    sleep(millis, signal) {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      if (!beside.has(millis)) return pass(millis);
      return new Promise((resolve, reject) => {
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const sleeper: Sleeper = {
          due: now() + millis,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        signal?.addEventListener("abort", stop, { once: true });
        sleepers.add(sleeper);
      });
    },
  };
}
