import { DAY } from "@amazon-pay-kit/money";

/** The start of the day (UTC) of a moment. */
export function dayOf(time: number): number {
  return Math.floor(time / DAY) * DAY;
}

/**
 * The day so many business days after a moment, as its start in UTC. Saturdays and Sundays do not count; holidays, which
 * differ by country and bank, do.
 *
 * @example businessDaysAfter(Date.UTC(2026, 0, 2), 1) // a Friday: Monday, 5 January
 */
export function businessDaysAfter(time: number, days: number): number {
  let day = dayOf(time);
  for (let left = days; left > 0;) {
    day += DAY;
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}
