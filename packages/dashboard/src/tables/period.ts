import { type Calendar, dayAfter, MoneyError, ViewError, type PeriodFilter } from "@amazon-pay-kit/ledger";
import type { TableSource } from "./list-table.ts";

/** Names of the two days of a period in a query. */
export const PERIOD_FILTERS = ["from", "to"] as const;

function startOf(calendar: Calendar, name: "from" | "to", day: string, after: number): number {
  try {
    return calendar.startOf(dayAfter(day, after));
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new ViewError("view.query", `${name}=${day.slice(0, 40)}: a day is written like 2026-01-31`);
  }
}

/**
 * The period that a page was asked for: whole days of the calendar, both included.
 *
 * @throws ViewError `view.query` for what is no day
 */
export function periodOf({ query, calendar }: Pick<TableSource, "query" | "calendar">): PeriodFilter {
  const [from, to] = [query("from"), query("to")];
  if (from !== undefined && to !== undefined && from > to) {
    throw new ViewError(
      "view.query",
      `from=${from.slice(0, 40)} is after to=${to.slice(0, 40)}: no day lies between them`,
    );
  }
  return {
    ...(from === undefined ? {} : { from: startOf(calendar, "from", from, 0) }),
    ...(to === undefined ? {} : { until: startOf(calendar, "to", to, 1) }),
  };
}

/** A period by its name: a quarter or year of the calendar, this many before the one of a moment. */
export function spanOf(
  calendar: Calendar,
  moment: number,
  months: 3 | 12,
  before: number,
): { readonly from: string; readonly to: string; readonly year: number; readonly part: number } {
  const [year = "", month = ""] = calendar.dayOf(moment).split("-");
  const start = Math.floor((Number(year) * 12 + Number(month) - 1) / months) * months - before * months;
  const day = (count: number): string =>
    new Date(Date.UTC(Math.floor(count / 12), count % 12, 1)).toISOString().slice(0, 10);
  return {
    from: day(start),
    to: dayAfter(day(start + months), -1),
    year: Math.floor(start / 12),
    part: Math.floor((start % 12) / months) + 1,
  };
}

/** A month as a period of whole days: this many before the one of a moment. */
export function monthOf(
  calendar: Calendar,
  moment: number,
  before: number,
): { readonly from: string; readonly to: string } {
  const [year = "", month = ""] = calendar.dayOf(moment).split("-");
  const first = (months: number): string =>
    new Date(Date.UTC(Number(year), Number(month) - 1 + months, 1)).toISOString().slice(0, 10);
  return { from: first(-before), to: dayAfter(first(1 - before), -1) };
}

/** A month such as `2026-01` as a period of whole days. */
export function monthNamed(month: string): { readonly from: string; readonly to: string } {
  const [year, number] = month.split("-").map(Number);
  const first = new Date(Date.UTC(year ?? 0, number ?? 1, 1)).toISOString().slice(0, 10);
  return { from: `${month}-01`, to: dayAfter(first, -1) };
}
