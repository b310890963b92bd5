import { MoneyError } from "./errors.ts";

/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

// Hyphens and colons stand everywhere or nowhere: a time that has lost one of them is damaged.
const FORMS = /^(\d{4})(-?)(\d{2})\2(\d{2})T(\d{2})(:?)(\d{2})\6(\d{2})(?:\.(\d{1,9}))? *(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads every time form that Amazon Pay writes, as milliseconds since the epoch; `null` when the text is none of them.
 *
 * Report files `2015-10-01T07:06:47 -0700` (a space before the offset), documents `2015-05-18T14:37:01-0700`, XML
 * `2015-06-13T00:00:18+00:00`, API bodies `20221118T150630Z`, disbursements `2022-12-07T17:08:26.717Z`.
 * `-0000` means UTC. Days and times that do not exist (30 February, 24:00:00) are refused.
 */
export function readInstant(text: string): Instant | null {
  const match = FORMS.exec(text);
  if (match === null) return null;
  const [, year, , month, day, hour, , minute, second, fraction = "", zone = "Z"] = match;
  const millis = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millis,
  );
  const check = new Date(local);
  if (
    // Years below 100 would become those of the twentieth century.
    check.getUTCFullYear() !== Number(year) ||
    check.getUTCMonth() + 1 !== Number(month) ||
    check.getUTCDate() !== Number(day) ||
    check.getUTCHours() !== Number(hour) ||
    check.getUTCMinutes() !== Number(minute) ||
    check.getUTCSeconds() !== Number(second)
  ) {
    return null;
  }
  if (zone === "Z") return local;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  const offset = (hours * 60 + minutes) * 60_000;
  return zone.startsWith("-") ? local + offset : local - offset;
}

/**
 * As {@link readInstant}, but what cannot be read is an error.
 *
 * @throws MoneyError `time.unreadable-instant`
 */
export function parseInstant(text: string): Instant {
  const instant = readInstant(text);
  if (instant === null) {
    throw new MoneyError(
      "time.unreadable-instant",
      `cannot read ${JSON.stringify(text)} as a time: expected a form such as 2026-01-31T00:00:00Z or 2026-01-31T00:00:00 -0700`,
    );
  }
  return instant;
}

/** `2015-10-01T14:06:47Z`: whole seconds, UTC; the form that `apay parse` prints. */
export function formatInstant(instant: Instant): string {
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** `20151001T140647Z`: the compact form of API v2 bodies and of `x-amz-pay-date`. */
export function formatCompact(instant: Instant): string {
  return formatInstant(instant).replaceAll(/[-:]/g, "");
}

/** `2022-12-07T17:08:26.717Z`: the form of disbursements and notifications. */
export function formatMillis(instant: Instant): string {
  return new Date(instant).toISOString();
}

/**
 * `2015-10-01T07:06:47 -0700`: the form of report files, with a space before the offset.
 *
 * @param offsetMinutes of the wall clock in the file: `-420` is `-0700`. Default 0, written `+0000`.
 */
export function formatReportTime(instant: Instant, offsetMinutes = 0): string {
  const local = new Date(Math.floor(instant / 1000) * 1000 + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(offsetMinutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const minutes = String(size % 60).padStart(2, "0");
  return `${local} ${offsetMinutes < 0 ? "-" : "+"}${hours}${minutes}`;
}
