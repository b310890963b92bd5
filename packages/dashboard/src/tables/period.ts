import { ViewError, type PeriodFilter } from "@amazon-pay-kit/ledger";
import type { Query } from "./list-table.ts";
import { DAY } from "../locale/day.ts";

/** Names of the two days of a period in a query. */
export const PERIOD_FILTERS = ["from", "to"] as const;

function dayOf(name: "from" | "to", text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 31 February is read as 3 March by some, and refused here.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new ViewError("view.query", `${name}=${text.slice(0, 40)}: a day is written like 2026-01-31`);
  return at;
}

/**
 * The period that a page was asked for: whole days in UTC, both included.
 *
 * @throws ViewError `view.query` for what is no day
 */
export function periodOf(query: Query): PeriodFilter {
  const [from, to] = [query("from"), query("to")];
  return {
    ...(from === undefined ? {} : { from: dayOf("from", from) }),
    ...(to === undefined ? {} : { until: dayOf("to", to) + DAY }),
  };
}

/** A month as a period of whole days: so many before the one of a moment. */
export function monthOf(moment: number, before: number): { readonly from: string; readonly to: string } {
  const now = new Date(moment);
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const month = now.getUTCMonth() - before;
  return {
    from: day(Date.UTC(now.getUTCFullYear(), month, 1)),
    to: day(Date.UTC(now.getUTCFullYear(), month + 1, 0)),
  };
}
