/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  formatAmount,
  formatInstant,
  listOpenItems,
  type OpenItemFilter,
  type OpenItemView,
  sumOpenItems,
} from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { ListTable, TableSource } from "./list-table.ts";

function sourceOf({ file, line }: OpenItemView): string {
  return file === null ? "" : line === null ? file : `${file}:${line}`;
}

function filterOf({ query, account, now }: TableSource): OpenItemFilter {
  return {
    accountId: account,
    text: query("q"),
    kind: query("kind"),
    currency: query("currency"),
    transactionId: query("transaction"),
    group: query("age"),
    now,
  };
}

/** What is in no settlement yet, item by item. The age is reckoned by the moment of the page. */
export const openItemsTable: ListTable<OpenItemView> = {
  path: "/ageing",
  file: "/ageing.csv",
  caption: (translate) => translate("items caption"),
  empty: "no open items",
  filters: ["q", "kind", "currency", "age", "transaction"],
  fetch: (source, page) => listOpenItems(source.views, { ...page, ...filterOf(source), sort: source.query("sort") }),
  sums: async (source) =>
    (await sumOpenItems(source.views, filterOf(source))).map(({ currency, items, amountMinor }) => ({
      currency,
      rows: items,
      minor: { "column amount": amountMinor },
    })),
  columns: [
    {
      title: "column when",
      sort: "when",
      cell: (item, frame) => <span class="nowrap">{frame.format.moment(item.occurredAt)}</span>,
      csv: (item) => formatInstant(item.occurredAt),
    },
    {
      title: "column kind",
      sort: "kind",
      cell: (item, frame) => term("open item", item.kind, frame.format.locale),
      csv: (item) => item.kind,
    },
    { title: "column order", cell: (item) => item.orderId ?? "", csv: (item) => item.orderId ?? "" },
    { title: "column reference", cell: (item) => item.referenceId ?? "", csv: (item) => item.referenceId ?? "" },
    { title: "column file and line", cell: sourceOf, csv: sourceOf },
    {
      title: "column transaction",
      cell: (item, frame) =>
        item.transactionId === null ? (
          ""
        ) : (
          <a class="mono" href={linkTo(frame, "/transactions", { q: item.transactionId })}>
            {item.transactionId}
          </a>
        ),
      csv: (item) => item.transactionId ?? "",
    },
    {
      title: "column amount",
      sort: "amount",
      numeric: true,
      cell: (item, frame) => (
        <Money
          format={frame.format}
          minor={item.amountMinor}
          currency={item.currency}
          href={
            item.transactionId === null
              ? undefined
              : linkTo({ ...frame, account: item.accountId }, "/transactions", { q: item.transactionId })
          }
        />
      ),
      csv: (item) => formatAmount(item.amountMinor, item.currency),
    },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "column known from",
      cell: (item, frame) => term("counterpart", item.counterpart, frame.format.locale),
      csv: (item) => `${item.counterpart} ${item.counterpartId}`,
    },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
