import { DAY } from "@amazon-pay-kit/money";

const FRIDAY = 5;
const WORKING_DAYS = 5;

/** The start of the day (UTC) of a moment. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/**
 * The day this many business days after a moment, as its start in UTC. Saturdays and Sundays do not count; holidays, which
 * differ by country and bank, do.
 *
 * @example businessDaysAfter(Date.UTC(2026, 0, 2), 1) // a Friday: Monday, 5 January
 */
export function businessDaysAfter(time: number, days: number): number {
  const day = dayOf(time);
  if (days <= 0) return day;
  // The first of January 1970 was a Thursday.
  const weekday = (((day / DAY + 4) % 7) + 7) % 7;
  // From a Saturday or Sunday on it is counted as from the Friday before.
  const back = weekday === 6 ? 1 : weekday === 0 ? 2 : 0;
  const from = back === 0 ? weekday : FRIDAY;
  const rest = days % WORKING_DAYS;
  const weekend = from + rest > FRIDAY ? 2 : 0;
  return day + (Math.floor(days / WORKING_DAYS) * 7 + rest + weekend - back) * DAY;
}
