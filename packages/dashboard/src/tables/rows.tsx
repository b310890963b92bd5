import { formatAmount, formatInstant, searchRows, type SettlementRowView } from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import type { ListColumn, ListTable } from "./list-table.ts";
import { settlementLink } from "./settlements.tsx";

function amount(title: string, pick: (item: SettlementRowView) => bigint): ListColumn<SettlementRowView> {
  return {
    title,
    numeric: true,
    cell: (item, frame) => <Money format={frame.format} minor={pick(item)} currency={item.currency} />,
    csv: (item) => formatAmount(pick(item), item.currency),
  };
}

function id(title: string, pick: (item: SettlementRowView) => string | null): ListColumn<SettlementRowView> {
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

/** The columns of a settlement row wherever it is shown. */
export const rowColumns: readonly ListColumn<SettlementRowView>[] = [
  {
    title: "Posted",
    cell: (item, frame) => <span class="nowrap">{frame.format.moment(item.postedAt)}</span>,
    csv: (item) => formatInstant(item.postedAt),
  },
  { title: "Type", cell: (item) => <span class="nowrap">{item.type}</span>, csv: (item) => item.type },
  id("Transaction", (item) => item.transactionId),
  id("Reference", (item) => item.referenceId),
  id("Order", (item) => item.orderId),
  amount("Amount", (item) => item.amountMinor),
  amount("Fee", (item) => item.feeMinor),
  amount("Net", (item) => item.netMinor),
  { title: "Currency", cell: (item) => item.currency, csv: (item) => item.currency },
  {
    title: "Settlement",
    cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
    csv: (item) => item.settlementId,
  },
  {
    title: "Source",
    cell: (item, frame) => (
      <a href={linkTo({ ...frame, account: item.accountId }, `/files/${item.fileId}`, { line: String(item.line) })}>
        line {item.line}
      </a>
    ),
    csv: (item) => `file ${item.fileId} line ${item.line}`,
  },
];

/** Rows found by id or amount. */
export const rowsTable: ListTable<SettlementRowView> = {
  path: "/transactions",
  caption: "Settlement rows, newest first",
  filters: ["q", "type", "currency"],
  fetch: (views, query, accountId, page) =>
    searchRows(views, { ...page, accountId, text: query("q"), typeKey: query("type"), currency: query("currency") }),
  columns: rowColumns,
};
