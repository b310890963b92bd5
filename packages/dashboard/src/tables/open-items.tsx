import { formatAmount, formatInstant, listOpenItems, type OpenItemView } from "@amazon-pay-kit/ledger";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import type { ListTable } from "./list-table.ts";

/** What is in no settlement yet, item by item. The age is reckoned by the moment of the page. */
export function openItemsTable(now: number): ListTable<OpenItemView> {
  return {
    path: "/ageing",
    caption: "Charges and refunds in no settlement yet, oldest first",
    filters: ["kind", "currency", "age"],
    fetch: (views, query, accountId, page) =>
      listOpenItems(views, {
        ...page,
        accountId,
        kind: query("kind"),
        currency: query("currency"),
        group: query("age"),
        now,
      }),
    columns: [
      {
        title: "When",
        cell: (item, frame) => <span class="nowrap">{frame.format.moment(item.occurredAt)}</span>,
        csv: (item) => formatInstant(item.occurredAt),
      },
      { title: "Kind", cell: (item) => item.kind, csv: (item) => item.kind },
      {
        title: "Transaction",
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
        title: "Amount",
        numeric: true,
        cell: (item, frame) => <Money format={frame.format} minor={item.amountMinor} currency={item.currency} />,
        csv: (item) => formatAmount(item.amountMinor, item.currency),
      },
      { title: "Currency", cell: (item) => item.currency, csv: (item) => item.currency },
      {
        title: "Known from",
        cell: (item) => (item.counterpart === "record" ? "your records" : "transaction report"),
        csv: (item) => `${item.counterpart} ${item.counterpartId}`,
      },
      { title: "Account", cell: (item) => item.accountId, csv: (item) => item.accountId },
    ],
  };
}
