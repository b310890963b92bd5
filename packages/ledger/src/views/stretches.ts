import { SUM_DAY } from "../store/rows/fee-sums.ts";
import type { PeriodFilter } from "./view.ts";

/** Whole days of a period, whose sums are kept, and the stretches before and after them, of which rows are read. */
export function stretchesOf({ from, until }: PeriodFilter): {
  readonly days: { readonly from: number | undefined; readonly until: number | undefined } | null;
  readonly rows: readonly { readonly from: number; readonly until: number }[];
} {
  const first = from === undefined ? undefined : Math.ceil(from / SUM_DAY);
  const end = until === undefined ? undefined : Math.floor(until / SUM_DAY);
  if (from !== undefined && until !== undefined && first !== undefined && end !== undefined && first >= end) {
    return { days: null, rows: from < until ? [{ from, until }] : [] };
  }
  const before = from !== undefined && first !== undefined && from < first * SUM_DAY;
  const after = until !== undefined && end !== undefined && end * SUM_DAY < until;
  return {
    days: { from: first, until: end },
    rows: [...(before ? [{ from, until: first * SUM_DAY }] : []), ...(after ? [{ from: end * SUM_DAY, until }] : [])],
  };
}
