/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { feesByType, type TypeFees } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import { formatShare } from "./fees.tsx";
import type { ListTable, Query } from "./list-table.ts";
import { moneyColumn } from "./money-column.tsx";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { rowTypeText } from "./rows.tsx";

/** Fees of one type of row, with the days that the page was asked for: they stay in the links to its rows. */
export interface TypeFeesOfDays extends TypeFees {
  readonly days: Readonly<Record<string, string | undefined>>;
}

/** The days of a query, as links keep them. */
export function daysOf(query: Query): TypeFeesOfDays["days"] {
  return Object.fromEntries(PERIOD_FILTERS.map((name) => [name, query(name)]));
}

/** Of all accounts together where there are very many. */
function inAccount(accountId: string, frame: Frame): Frame {
  return { ...frame, account: accountId === "" ? null : accountId };
}

function rowsOf({ accountId, typeKey, currency, days }: TypeFeesOfDays, frame: Frame): string {
  return linkTo(inAccount(accountId, frame), "/transactions", { type: typeKey, currency, ...days });
}

function mismatches({ accountId, unexpected }: TypeFeesOfDays, frame: Frame): string | undefined {
  if (unexpected === 0) return undefined;
  return linkTo(inAccount(accountId, frame), "/exceptions", { code: "fee.mismatch" });
}

/** Fees by type of row, of the rows that were posted in some days. */
export const feesByTypeTable: ListTable<TypeFeesOfDays> = {
  path: "/fees",
  file: "/fees/types.csv",
  caption: (translate) => translate("fees by type caption"),
  empty: "no fees",
  filters: ["currency", ...PERIOD_FILTERS],
  fetch: async (source) => {
    const { views, query, account } = source;
    const days = daysOf(query);
    const found = await feesByType(views, { ...periodOf(source), accountId: account, currency: query("currency") });
    return { items: found.map((one) => ({ ...one, days })), next: null };
  },
  columns: [
    {
      title: "column type",
      cell: (item, frame) => (
        <a class="nowrap" href={rowsOf(item, frame)}>
          {rowTypeText(item, frame)}
        </a>
      ),
      csv: (item) => item.type,
    },
    {
      title: "column rows",
      numeric: true,
      cell: (item, frame) => <a href={rowsOf(item, frame)}>{frame.format.count(item.rows)}</a>,
      csv: (item) => String(item.rows),
    },
    moneyColumn("column amount", (item) => item.amountMinor, rowsOf, true),
    moneyColumn("column percentage fee", (item) => item.percentageMinor, rowsOf, true),
    moneyColumn("column fixed fee", (item) => item.fixedMinor, rowsOf, true),
    moneyColumn("column fees", (item) => item.feeMinor, rowsOf, true),
    moneyColumn("column unexpected", (item) => item.differenceMinor, mismatches, true),
    {
      title: "column share",
      numeric: true,
      cell: (item, frame) => frame.format.percent(-item.feeMinor, item.amountMinor),
      csv: (item) => (item.amountMinor === 0n ? "" : formatShare(-item.feeMinor, item.amountMinor)),
    },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
