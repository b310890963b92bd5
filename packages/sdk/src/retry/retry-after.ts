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
  // However many digits: who is told to wait for ages must not ask again at once.
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const millis = Date.parse(text);
  // Written out again it must be the same: this leaves the preferred form only, with its right weekday and no 31 February.
  if (Number.isNaN(millis) || new Date(millis).toUTCString() !== text) return undefined;
  return Math.max(0, millis - now);
}
