const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const HTTP_DATE =
  /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d) GMT$/;

/**
 * How long a `Retry-After` header asks to wait, in milliseconds; undefined for one that cannot be read (RFC 9110 10.2.3).
 *
 * Read strictly: whole seconds, or a date of the preferred form whose day of the week is right. A guess here would
 * either hammer the service or stall the caller.
 *
 * @param now milliseconds since 1970; a date that has passed gives 0
 * @example parseRetryAfter("120", clock.now()) // 120_000
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const [, weekday, day, monthName, year, hour, minute, second] = HTTP_DATE.exec(text) ?? [];
  const month = MONTHS.indexOf(monthName ?? "");
  if (weekday === undefined || month < 0) return undefined;
  const millis = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(millis);
  // Date.UTC rolls 31 February over into March.
  if (date.getUTCDate() !== Number(day) || DAYS[date.getUTCDay()] !== weekday) return undefined;
  return Math.max(0, millis - now);
}
