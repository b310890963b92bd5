import { dayParts, type DateForm, FOUND_FORMS, type Parts, UNDECLARED_FORMS } from "./date-forms.ts";
import { MoneyError } from "./errors.ts";
import type { Instant } from "./instant.ts";
import { BEFORE_TIME, HALF_OF_DAY, offsetOf, timeOfDay } from "./time-of-day.ts";

/** A date as it was read. */
export interface DateReading {
  /** The day as it is written, `2026-01-31`: of the wall clock, where the text has a time and a zone. */
  readonly day: string;
  /** Milliseconds since that day's midnight; `null` when the text has no time of day. */
  readonly time: number | null;
  /** Minutes by which the text's own zone is ahead of UTC; `null` when it names none. */
  readonly offset: number | null;
  /** The form that the day has. */
  readonly form: DateForm;
}

/** Earliest and latest year of anything that is paid: beyond them a date is a slip. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 2199];

/** No date is longer; what is, is not searched through. */
const LONGEST = 80;

const FORMS_NAMED = "dd.mm.yyyy, dd/mm/yyyy, mm/dd/yyyy, yyyymmdd or dd mmm yyyy";

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?=\d|[a-z])/i;

/**
 * Names of weekdays in other languages, by how they begin. Some are months too (`mar. 6 octobre`, `mar 5 2026`): they are taken off
 * only where a whole day stands behind them.
 */
const OTHER_WEEKDAY =
  /^(?:montag|dienstag|mittwoch|donnerstag|freitag|sam(?:stag|edi)|sonn(?:tag|abend)|mo|di|mi|do|fr|sa|so|lun(?:di|edì|edi|es)?|mar(?:di|tedì|tedi|tes)?|mer(?:credi|coledì|coledi)?|mi[ée](?:rcoles)?|jeu(?:di)?|jue(?:ves)?|gio(?:vedì|vedi)?|ven(?:dredi|erdì|erdi)?|vie(?:rnes)?|dim(?:anche)?|dom(?:enica|ingo)?|s[áa]b(?:ado|ato)?|ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|donderdag|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?|seg(?:unda-feira)?|ter(?:ça-feira)?|qua(?:rta-feira)?|qui(?:nta-feira)?|sex(?:ta-feira)?)\.?,? +(?=\d{1,4}[-./] ?\d{1,2}[-./] ?\d|\d{1,2}\.? (?:de )?\p{L}{3})/iu;

/** Marks that a web page or a spreadsheet leaves in a text, and that nobody sees. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;

/** A day between points and blanks, `5. 10. 2026`, as it is without the blanks. */
function unspaced(day: string): string {
  return /^[\d. ]+$/.test(day) ? day.replaceAll(/(?<=\d)\. (?=\d)/g, ".") : day;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** `2026-01-31`, or `null` for a day that no calendar has. */
function isoDay({ year, month, day }: Parts): string | null {
  const check = new Date(0);
  check.setUTCFullYear(year, month - 1, day);
  if (check.getUTCMonth() + 1 !== month || check.getUTCDate() !== day) return null;
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

/** Days since 1900 as a spreadsheet keeps them, of the years from 2009 to 2118. */
const SERIAL = /^[4-7]\d{4}(?:[.,]\d+)?$/;

interface Candidate {
  readonly form: DateForm;
  readonly day: string;
  readonly year: number;
  readonly twoDigits: boolean;
}

function candidates(text: string, forms: readonly DateForm[]): readonly Candidate[] {
  const found = forms.flatMap((form) => {
    const parts = dayParts(text, form);
    const day = parts === null ? null : isoDay(parts);
    return parts === null || day === null ? [] : [{ form, day, year: parts.year, twoDigits: parts.twoDigits }];
  });
  const likely = found.filter(({ year }) => year >= FIRST_YEAR && year <= LAST_YEAR);
  return likely.length > 0 ? likely : found;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}

/** A day that begins with its four-digit year is no other day in any form: nearly every file has it, and needs no search. */
function isoCandidate(day: string): Candidate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const parts = {
    year: Number(day.slice(0, 4)),
    month: Number(day.slice(5, 7)),
    day: Number(day.slice(8)),
    twoDigits: false,
  };
  const known = isoDay(parts);
  return known === null ? null : { form: "yyyy-mm-dd", day: known, year: parts.year, twoDigits: false };
}

function chosen(text: string, day: string, declared: DateForm | undefined): Candidate {
  const iso = isoCandidate(day);
  if (iso !== null) return iso;
  if (declared !== undefined) {
    // A day that begins with its four-digit year, or names its month, is no other day in any form.
    const own = candidates(day, [declared])[0] ?? candidates(day, UNDECLARED_FORMS)[0];
    if (own !== undefined) return own;
  }
  const found = candidates(day, FOUND_FORMS);
  const days = new Set(found.map((one) => one.day));
  const [first] = found;
  if (declared !== undefined) {
    throw new MoneyError(
      "time.unreadable-day",
      `cannot read ${quoted(text)} as a day in the form ${declared}` +
        (first === undefined ? "" : `; with --date-format ${first.form} it is ${first.day}`),
    );
  }
  if (first === undefined && SERIAL.test(day)) {
    throw new MoneyError(
      "time.unreadable-day",
      `${quoted(text)} is how a spreadsheet counts days: give the column the format of a date in it, and save the file again`,
    );
  }
  if (first === undefined) {
    throw new MoneyError(
      "time.unreadable-day",
      FOUND_FORMS.some((form) => dayParts(day, form) !== null)
        ? `${quoted(text)} is a day that no calendar has`
        : `cannot read ${quoted(text)} as a day: expected 2026-01-31 or one of the forms that --date-format names, such as ${FORMS_NAMED}`,
    );
  }
  if (days.size > 1 || (first.twoDigits && !UNDECLARED_FORMS.includes(first.form))) {
    const readings = found.map((one) => `${one.day} as ${one.form}`).join(", ");
    throw new MoneyError(
      "time.ambiguous-day",
      `${quoted(text)} is ${readings}: say which form the file has with --date-format`,
    );
  }
  return first;
}

/**
 * Reads a date: a day in one of the {@link DATE_FORMS}, with or without a time of day and a zone.
 *
 * A text that fits two forms on different days (`03/04/2026`) is refused until the form is declared, and so is a two-digit
 * year beside numbers. Two digits mean 20yy. Days begin and end the text but for a time; separators are not mixed.
 *
 * @example readDate("05.10.2026").day // "2026-10-05"
 * @example readDate("03/04/2026", "dd/mm/yyyy").day // "2026-04-03"
 * @param form declared for all dates of a file
 * @throws MoneyError `time.ambiguous-day`, `time.unreadable-day`, `time.unreadable-time`
 */
export function readDate(text: string, form?: DateForm): DateReading {
  const plain = text
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
    // Full-width digits, letters and signs of Japanese programs.
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(UNSEEN, "")
    .trim()
    // A spreadsheet marks a cell as text so; some programs quote with it.
    .replace(/^'([^']*)'?$/, "$1")
    .replace(WEEKDAY, "")
    .replace(OTHER_WEEKDAY, "");
  const { day: written, rest } = plain.length > LONGEST ? { day: plain, rest: "" } : divided(plain);
  // In Hungarian and its neighbours' languages the last number of a day has a point, too.
  const day = unspaced(written).replace(/(?<=^\d{1,4}\.\d{1,2}\.\d{1,4})\.$/, "");
  const found = chosen(text, day, form);
  if (found.year < FIRST_YEAR || found.year > LAST_YEAR) {
    throw new MoneyError(
      "time.unreadable-day",
      `${quoted(text)} is in the year ${found.year}: years from ${FIRST_YEAR} to ${LAST_YEAR} are read`,
    );
  }
  const time = timeOfDay(rest);
  if (time === undefined) {
    throw new MoneyError(
      "time.unreadable-time",
      `cannot read ${quoted(text)}: ${quoted(rest.trim())} behind the day is no time such as 13:05:00, 1:05 PM or 13:05:00 +01:00`,
    );
  }
  return { day: found.day, time: time.time, offset: time.offset, form: found.form };
}

/** A time of day behind a day: of a clock, with a point or an h between its numbers, of databases, and with nothing between. */
const TIME_BEGINS = new RegExp(
  [
    `(?:,? +(?:${BEFORE_TIME} )?|T)\\d{1,2}(?::\\d|[時时시h]\\d?| ?[AaPp]\\.?[Mm])`,
    ` *${HALF_OF_DAY} ?\\d{1,2}(?::\\d|[時时시])`,
    `(?<=\\d),? +(?:${BEFORE_TIME} )?\\d{1,2}\\.\\d{2}(?:\\.\\d{2})?$`,
    "(?<=^\\d{4}-\\d{2}-\\d{2})-\\d{2}\\.\\d{2}\\.\\d{2}",
    "(?<=[./]\\d{2,4})-\\d{1,2}:\\d{2}",
    "(?<=^\\d{8})T\\d{6}",
    "(?<=^(?:19|20)\\d{6})\\d{6}$",
  ].join("|"),
);

/** Where the day ends: before a time of day, if there is one. */
function divided(text: string): { readonly day: string; readonly rest: string } {
  const at = text.search(TIME_BEGINS);
  return at < 0 ? { day: text, rest: "" } : { day: text.slice(0, at), rest: text.slice(at) };
}

/**
 * Reads a date as a moment.
 *
 * @example readMoment("2026-10-05 10:33:02 -0500") // Date.UTC(2026, 9, 5, 15, 33, 2)
 * @param options.form as for {@link readDate}
 * @param options.offset of the wall clock where the text names no zone: `+01:00`. Default `Z`, UTC
 * @throws MoneyError as {@link readDate}
 */
export function readMoment(
  text: string,
  options: { readonly form?: DateForm | undefined; readonly offset?: string | undefined } = {},
): Instant {
  return momentOf(readDate(text, options.form), options.offset);
}

/** The moment of a date that was read. @throws MoneyError `time.unreadable-time` for an offset that is none */
export function momentOf({ day, time, offset }: DateReading, usualOffset: string | undefined): Instant {
  const ahead = offset ?? offsetOf(usualOffset ?? "Z");
  if (ahead === null) {
    throw new MoneyError(
      "time.unreadable-time",
      `cannot read ${JSON.stringify(usualOffset)} as an offset: expected a form such as +01:00`,
    );
  }
  return Date.parse(`${day}T00:00:00Z`) + (time ?? 0) - ahead * 60_000;
}
