import {
  type Calendar,
  calendarOf,
  dayAfter,
  formatAmount,
  formatInstant,
  parseAmount,
  readInstant,
} from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { type FeeTax, feeTaxIn, taxIn } from "../../fee-tax/fee-tax.ts";
import type { PeriodDocument, PeriodFigures } from "./document.ts";
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

/** Rows that bring in a balance: journals have it already. */
const UNBOOKED = new Set(["carryover", "debt"]);

/** The fees of a month with the tax that is in them: that of their sum, as on an invoice. */
function withFeeTax(
  figures: PeriodFigures,
  accountId: string,
  month: string,
  feeTax: readonly FeeTax[],
): PeriodFigures {
  const { currency, types } = figures;
  const rate = feeTaxIn(feeTax, { accountId, currency, month });
  if (rate === null) return figures;
  const gross = types
    .filter(({ type }) => !UNBOOKED.has(type))
    // An authorization is a fee as a whole, as in journals.
    .reduce((sum, { type, fees, net }) => sum - parseAmount(type === "authorization" ? net : fees, currency), 0n);
  const tax = taxIn(gross, rate.rate);
  const text = (minor: bigint): string => formatAmount(minor, currency);
  return { ...figures, feeTax: { ...rate, gross: text(gross), net: text(gross - tax), tax: text(tax) } };
}

/** What would be frozen of a month as the books are now. */
export async function freeze(
  db: Kysely<Schema>,
  accountId: string,
  month: Month,
  previousHash: string | null,
  feeTax: readonly FeeTax[] = [],
): Promise<PeriodDocument> {
  const span = spanOf(accountId, month);
  const { figures, exceptions } = await figuresOf(db, span);
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
    figures: figures.map((one) => withFeeTax(one, accountId, month.month, feeTax)),
    exceptions,
  };
}

/** The month that a moment is in on the calendar of a zone. */
export function monthOf(timeZone: string, at: number): string {
  return calendarOf(timeZone).dayOf(at).slice(0, 7);
}
