import type { Clock } from "../../clock/clock.ts";
import type { MwsOperation } from "../operations.ts";

/** A quota kept on this side of the line: anyone who takes from it waits until the service would accept the call. */
export interface QuotaBucket {
  /**
   * Takes one call out, waiting as long as there is none.
   *
   * @throws the signal's reason when it aborts
   */
  take(signal: AbortSignal): Promise<void>;
}

const HOUR = 3_600_000;

/** Milliseconds from `now` until the next call fits both quotas, given the moments of the calls in the last hour. */
function waitFor({ burst, restoreMs, hourly }: MwsOperation, calls: readonly number[], now: number): number {
  // A bucket that regains one call each `restoreMs` is as empty as its fullest run of calls has left it.
  let level = 0;
  let last = calls[0] ?? now;
  for (const call of calls) {
    level = Math.max(0, level - (call - last) / restoreMs) + 1;
    last = call;
  }
  const left = Math.max(0, level - (now - last) / restoreMs);
  const untilRestored = Math.ceil(Math.max(0, left + 1 - burst) * restoreMs);
  const first = calls.length >= hourly ? (calls.at(-hourly) ?? now) : -Infinity;
  return Math.max(untilRestored, first + HOUR - now, 0);
}

/** Makes a full bucket for that operation's published quotas. */
export function quotaBucket(operation: MwsOperation, clock: Clock): QuotaBucket {
  let calls: number[] = [];
  let queue: Promise<void> = Promise.resolve();
  const next = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      const now = clock.now();
      calls = calls.filter((call) => call > now - HOUR);
      const wait = waitFor(operation, calls, now);
      if (wait <= 0) {
        calls.push(now);
        return;
      }
      await clock.sleep(wait, signal);
    }
  };
  return {
    take(signal) {
      // One after the other: two waiters must not take the same call.
      const turn = queue.then(() => next(signal));
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}
