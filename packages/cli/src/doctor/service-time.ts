import type { Account } from "../config/config.ts";

/** The service refuses dates that are too far off; the documentation of the older API said 15 minutes. */
export const TOLERATED_MILLIS = 5 * 60_000;

/**
 * How far this machine's clock is from the service's: seconds, positive when the service is ahead; null when it does not say.
 *
 * @param date the answer's `Date` header
 * @param present the moment here at which it was answered
 */
export function secondsOff(date: string | undefined, present: number): number | null {
  const there = Date.parse(date ?? "");
  return Number.isNaN(there) ? null : Math.round((there - present) / 1000);
}

/** Nobody's clock is off by days: a service of one's own that lives in another time is a sandbox whose clock was moved. */
export function wasMoved(account: Account, seconds: number): boolean {
  return account.endpoint !== undefined && Math.abs(seconds) >= 86_400;
}

/** The difference in words, e.g. `1200 s ahead of the service`. */
export function offText(seconds: number): string {
  const length = Math.abs(seconds);
  const words = length < 2 * 86_400 ? `${length} s` : `${Math.round(length / 86_400)} days`;
  return `${words} ${seconds < 0 ? "ahead of" : "behind"} the service`;
}
