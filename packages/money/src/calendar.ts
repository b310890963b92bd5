import { DAY, HOUR } from "./duration.ts";
import { MoneyError } from "./errors.ts";
import { readInstant, type Instant } from "./instant.ts";

/** The days of a time zone: which one a moment is in, and when one begins. */
export interface Calendar {
  /** IANA name, as `Intl` spells it: `Asia/Tokyo`. */
  readonly timeZone: string;
  /** The day of a moment, `2026-01-31`; its first seven letters are the month. */
  dayOf(instant: Instant): string;
  /**
   * The first moment of a day: `2026-01-01` begins at 2025-12-31T15:00:00Z in Tokyo. Where clocks are put forward at
   * midnight, that is later than 00:00.
   *
   * @throws MoneyError `time.unreadable-day` for what is no day, such as `2026-02-31`
   */
  startOf(day: string): Instant;
}

/** Midnight of a day in UTC. @throws MoneyError `time.unreadable-day` */
function midnight(day: string): Instant {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? readInstant(`${day}T00:00:00Z`) : null;
  if (at === null) {
    throw new MoneyError("time.unreadable-day", `cannot read ${JSON.stringify(day)} as a day such as 2026-01-31`);
  }
  return at;
}

function utcDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/**
 * The day this many after another, on any calendar: `dayAfter("2026-01-31")` is `2026-02-01`.
 *
 * @param days default 1; below zero for days before
 * @throws MoneyError `time.unreadable-day`
 */
export function dayAfter(day: string, days = 1): string {
  return utcDay(midnight(day) + days * DAY);
}

/** The calendar of UTC, whose days are all of 24 hours. */
export const UTC: Calendar = { timeZone: "UTC", dayOf: utcDay, startOf: midnight };

/** No clock was ever further from that of UTC; local mean times of the nineteenth century came near. */
const FURTHEST = 17 * HOUR;

/**
 * The calendar of a time zone. Days have 23 or 25 hours where the clocks change.
 *
 * @example calendarOf("Asia/Tokyo").dayOf(Date.UTC(2025, 11, 31, 15)) // "2026-01-01"
 * @param timeZone IANA name, such as `Asia/Tokyo` or `Europe/Berlin`; an offset such as `+09:00` is none
 * @throws MoneyError `time.unknown-time-zone`
 */
export function calendarOf(timeZone: string): Calendar {
  // Making a format takes longer than most commands of a day do in all.
  if (timeZone === UTC.timeZone) return UTC;
  const format = formatOf(timeZone);
  const name = format.resolvedOptions().timeZone;
  if (name === "UTC") return UTC;

  const read = (instant: Instant): string => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
  };

  // Searched for rather than reckoned with an offset: midnight may be missing, or come twice.
  const startOf = (day: string): Instant => {
    const middle = midnight(day);
    let [before, reached] = [middle - FURTHEST, middle + FURTHEST];
    while (reached - before > 1) {
      const at = Math.floor((before + reached) / 2);
      if (read(at) < day) before = at;
      else reached = at;
    }
    return reached;
  };

  // What is asked one after the other is mostly of one day, and `Intl` takes long.
  let last = { day: "", from: 0, until: 0 };
  const dayOf = (instant: Instant): string => {
    if (instant < last.from || instant >= last.until) {
      const day = read(instant);
      last = { day, from: startOf(day), until: startOf(dayAfter(day)) };
    }
    return last.day;
  };
  return { timeZone: name, dayOf, startOf };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    // Some engines take offsets too, and some do not: a setting has to mean the same everywhere.
    if (!/^[A-Za-z]/.test(timeZone)) throw new RangeError("not a name");
    return new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MoneyError(
      "time.unknown-time-zone",
      `unknown time zone ${JSON.stringify(timeZone)}: expected an IANA name such as Asia/Tokyo or Europe/Berlin`,
    );
  }
}
