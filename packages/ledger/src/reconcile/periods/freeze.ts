import { type Calendar, calendarOf, dayAfter, formatInstant, readInstant } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { PeriodDocument } from "./document.ts";
import { figuresOf } from "./figures.ts";
import { filesBehind, type PeriodSpan } from "./files-behind.ts";
import { settlementsBehind } from "./settlements-behind.ts";

/** A month on a calendar. */
export interface Month {
  /** `2026-06`. */
  readonly month: string;
  readonly timeZone: string;
  readonly from: number;
  readonly until: number;
}

/** The month after another: `2026-12` is followed by `2027-01`. */
export function monthAfter(month: string): string {
  return dayAfter(`${month}-01`, 31).slice(0, 7);
}

/** The moments of a month on a calendar. @throws MoneyError `time.unreadable-day` for what is no month */
export function monthOn(calendar: Calendar, month: string): Month {
  return {
    month,
    timeZone: calendar.timeZone,
    from: calendar.startOf(`${month}-01`),
    until: calendar.startOf(`${monthAfter(month)}-01`),
  };
}

/** A month that keeps the moments that it was closed with, whatever has become of its time zone since. */
export function spanOf(accountId: string, { month, from, until }: Month): PeriodSpan {
  const midnight = (day: string): number => readInstant(`${day}T00:00:00Z`) ?? 0;
  return {
    accountId,
    from,
    until,
    bankFrom: midnight(`${month}-01`),
    bankUntil: midnight(`${monthAfter(month)}-01`),
  };
}

/** What would be frozen of a month as the books are now. */
export async function freeze(
  db: Kysely<Schema>,
  accountId: string,
  month: Month,
  previousHash: string | null,
): Promise<PeriodDocument> {
  const span = spanOf(accountId, month);
  return {
    version: 1,
    account: accountId,
    month: month.month,
    timeZone: month.timeZone,
    from: formatInstant(month.from),
    until: formatInstant(month.until),
    previousHash,
    files: await filesBehind(db, span),
    settlements: await settlementsBehind(db, span),
    ...(await figuresOf(db, span)),
  };
}

/** The month that a moment is in on the calendar of a zone. */
export function monthOf(timeZone: string, at: number): string {
  return calendarOf(timeZone).dayOf(at).slice(0, 7);
}
