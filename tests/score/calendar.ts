export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

export const two = (value: number): string => String(value).padStart(2, "0");

/** A moment in a place so many hours from UTC, as its parts. */
export interface Local {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly time: string;
  /** `-0800` */
  readonly offset: string;
}

/** The parts of a moment in a place so many hours from UTC. */
export function localTime(at: number, hours: number): Local {
  const [date = "", time = ""] = new Date(at + hours * HOUR).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const offset = `${hours < 0 ? "-" : "+"}${two(Math.abs(hours))}00`;
  return { year, month, day, time: time.slice(0, 8), offset };
}

/** `2026-03-31` */
export const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Hours from UTC on the west coast of the USA, where summer time of 2026 begins on 8 March at 10:00 UTC. */
export const pacific = (at: number): number => (at >= Date.UTC(2026, 2, 8, 10) ? -7 : -8);

/** In London, where it begins on 29 March at 01:00 UTC. */
export const london = (at: number): number => (at >= Date.UTC(2026, 2, 29, 1) ? 1 : 0);

/** The start of a day, so many days after another one, of which Saturdays and Sundays do not count. */
export function workingDaysAfter(at: number, days: number): number {
  let day = Math.floor(at / DAY) * DAY;
  for (let left = days; left > 0;) {
    day += DAY;
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return day;
}
