import { MoneyError } from "./errors.ts";
import type { Instant } from "./instant.ts";

/** A calendar-aware span: months first, then exact milliseconds. */
export interface Duration {
  /** Calendar months; a year is twelve. */
  readonly months: number;
  /** Everything shorter, in milliseconds. */
  readonly millis: number;
}

const ISO =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** One second in milliseconds. */
export const SECOND = 1000;
/** One minute in milliseconds. */
export const MINUTE = 60 * SECOND;
/** One hour in milliseconds. */
export const HOUR = 60 * MINUTE;
/** One day of 24 hours in milliseconds. */
export const DAY = 24 * HOUR;

/**
 * Reads an ISO 8601 duration: `P1D`, `PT30S`, `P13M`, `P1Y2M3DT4H`.
 *
 * @throws MoneyError `time.unreadable-duration`
 */
export function parseDuration(text: string): Duration {
  const match = ISO.exec(text);
  if (match === null) {
    throw new MoneyError(
      "time.unreadable-duration",
      `cannot read ${JSON.stringify(text)} as a duration: expected ISO 8601 such as P1D, PT30M or P1M`,
    );
  }
  const [years, months, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return {
    months: (years ?? 0) * 12 + (months ?? 0),
    millis:
      ((weeks ?? 0) * 7 + (days ?? 0)) * DAY +
      (hours ?? 0) * HOUR +
      (minutes ?? 0) * MINUTE +
      Math.round((seconds ?? 0) * SECOND),
  };
}

/** The moment a duration after another; months keep the day of the month, or take the last one there is. */
export function addDuration(instant: Instant, duration: Duration): Instant {
  if (duration.months === 0) return instant + duration.millis;
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + duration.months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime() + duration.millis;
}
