import { formatAmount, formatInstant, listTransfers, type TransferView } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import type { ListTable } from "./list-table.ts";
import { settlementLink } from "./settlements.tsx";

const DAY = 86_400_000;

function days(item: TransferView): string {
  return item.depositAt === null ? "" : String(Math.max(0, Math.round((item.depositAt - item.transferredAt) / DAY)));
}

/** Transfers and the deposits that they became. */
export const transfersTable: ListTable<TransferView> = {
  path: "/bank",
  caption: "Transfers, newest first",
  filters: [],
  fetch: (views, _query, accountId, page) => listTransfers(views, { ...page, accountId }),
  columns: [
    {
      title: "Transferred",
      cell: (item, frame) => <span class="nowrap">{frame.format.day(item.transferredAt)}</span>,
      csv: (item) => formatInstant(item.transferredAt),
    },
    {
      title: "Settlement",
      cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
      csv: (item) => item.settlementId,
    },
    {
      title: "Amount",
      numeric: true,
      cell: (item, frame) => <Money format={frame.format} minor={item.amountMinor} currency={item.currency} />,
      csv: (item) => formatAmount(item.amountMinor, item.currency),
    },
    { title: "Currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "Reference",
      cell: (item) => <span class="mono">{item.disbursementReferenceId ?? ""}</span>,
      csv: (item) => item.disbursementReferenceId ?? "",
    },
    {
      title: "Deposit",
      cell: (item, frame) =>
        item.depositAt === null ? (
          <Badge tone="warn">not matched</Badge>
        ) : (
          <Badge tone="good">{frame.format.day(item.depositAt)}</Badge>
        ),
      csv: (item) => (item.depositAt === null ? "" : formatInstant(item.depositAt)),
    },
    { title: "Days in transit", numeric: true, cell: days, csv: days },
    { title: "Matched by", cell: (item) => item.rule ?? "", csv: (item) => item.rule ?? "" },
    { title: "Account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
