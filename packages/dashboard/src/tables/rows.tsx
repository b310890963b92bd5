/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  formatAmount,
  formatInstant,
  searchRows,
  sumRows,
  type RowFilter,
  type SettlementRowView,
} from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn, ListTable, TableSource } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { settlementLink } from "./settlements.tsx";

function amount(title: PlainText, pick: (item: SettlementRowView) => bigint): ListColumn<SettlementRowView> {
  return {
    title,
    numeric: true,
    cell: (item, frame) => <Money format={frame.format} minor={pick(item)} currency={item.currency} bare />,
    csv: (item) => formatAmount(pick(item), item.currency),
  };
}

function id(title: PlainText, pick: (item: SettlementRowView) => string | null): ListColumn<SettlementRowView> {
  return {
    title,
    cell: (item, frame) => {
      const value = pick(item);
      return value === null ? (
        ""
      ) : (
        <a class="mono" href={linkTo(frame, "/transactions", { q: value })}>
          {value}
        </a>
      );
    },
    csv: (item) => pick(item) ?? "",
  };
}

/** The type of rows in the reader's language; one that the kit does not know as the file has it. */
export function rowTypeText(item: { readonly type: string; readonly typeKey: string }, frame: Frame): string {
  const known = term("transaction type", item.typeKey, frame.format.locale);
  return known === item.typeKey ? item.type : known;
}

/** The columns of a settlement row wherever it is shown: first what a phone has room for. */
export const rowColumns: readonly ListColumn<SettlementRowView>[] = [
  {
    title: "column posted",
    cell: (item, frame) => <span class="nowrap">{frame.format.moment(item.postedAt)}</span>,
    csv: (item) => formatInstant(item.postedAt),
  },
  {
    title: "column type",
    cell: (item, frame) => <span class="nowrap">{rowTypeText(item, frame)}</span>,
    csv: (item) => item.type,
  },
  amount("column amount", (item) => item.amountMinor),
  amount("column fee", (item) => item.feeMinor),
  amount("column net", (item) => item.netMinor),
  { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
  id("column transaction", (item) => item.transactionId),
  id("column reference", (item) => item.referenceId),
  id("column order", (item) => item.orderId),
  {
    title: "column settlement",
    cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
    csv: (item) => item.settlementId,
  },
  {
    title: "column source",
    cell: (item, frame) => (
      <a
        class="nowrap"
        href={linkTo({ ...frame, account: item.accountId }, `/files/${item.fileId}`, { line: String(item.line) })}
      >
        {frame.translate("line n", { line: String(item.line) })}
      </a>
    ),
    csv: (item) => `file ${item.fileId} line ${item.line}`,
  },
];

function filterOf({ query, account, calendar }: TableSource): RowFilter {
  return {
    ...periodOf({ query, calendar }),
    accountId: account,
    text: query("q"),
    typeKey: query("type"),
    currency: query("currency"),
  };
}

/** Rows found by id or amount. */
export const rowsTable: ListTable<SettlementRowView> = {
  path: "/transactions",
  file: "/transactions.csv",
  caption: (translate) => translate("rows newest"),
  empty: "no rows",
  filters: ["q", "type", "currency", ...PERIOD_FILTERS],
  fetch: (source, page) => searchRows(source.views, { ...page, ...filterOf(source) }),
  sums: async (source) => {
    const sums = await sumRows(source.views, filterOf(source));
    return (
      sums?.map(({ currency, rows, amountMinor, feeMinor, netMinor }) => ({
        currency,
        rows,
        minor: { "column amount": amountMinor, "column fee": feeMinor, "column net": netMinor },
      })) ?? null
    );
  },
  columns: rowColumns,
};
