import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Random } from "@amazon-pay-kit/sdk/random";

/** How often a watch looks for reports. */
export interface Pace {
  /** Between two looks when all is well, in milliseconds. */
  readonly everyMillis: number;
  /** Runs in a row that failed. */
  readonly failures: number;
}

/** The whole hour is when everybody's clocks strike: looks keep so far away from it, where there is package. */
const QUIET = 2 * MINUTE;

/**
 * How long to wait before the next look, in milliseconds.
 *
 * When all is well: the usual time, a tenth more or less by chance, and not on the hour. After failures: a minute, then twice
 * as long each time, by chance between half of it and all, up to an hour or the usual time, whichever is longer.
 */
export function nextWait(pace: Pace, now: number, random: Random): number {
  const { everyMillis, failures } = pace;
  if (failures > 0) {
    const ceiling = Math.min(MINUTE * 2 ** (failures - 1), Math.max(everyMillis, HOUR));
    return ceiling * (0.5 + random.fraction() / 2);
  }
  const wait = everyMillis * (0.9 + random.fraction() / 5);
  const sinceHour = (now + wait) % HOUR;
  const onTheHour = everyMillis >= 10 * MINUTE && sinceHour < QUIET;
  return onTheHour ? wait + QUIET + random.fraction() * 4 * MINUTE : wait;
}
