import { formatAmount, formatInstant, listSettlements, type SettlementSummary } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import type { ListColumn, ListTable } from "./list-table.ts";

/** Where a settlement's page is. */
export function settlementLink(
  frame: Frame,
  item: { readonly accountId: string; readonly settlementId: string; readonly currency: string },
): string {
  return linkTo({ ...frame, account: item.accountId }, `/settlements/${encodeURIComponent(item.settlementId)}`, {
    currency: item.currency,
  });
}

function amount(title: string, pick: (item: SettlementSummary) => bigint): ListColumn<SettlementSummary> {
  return {
    title,
    numeric: true,
    cell: (item, frame) => (
      <Money
        format={frame.format}
        minor={pick(item)}
        currency={item.currency}
        href={`${settlementLink(frame, item)}#rows`}
        bare
      />
    ),
    csv: (item) => formatAmount(pick(item), item.currency),
  };
}

/** Settlements with their verdicts. */
export const settlementsTable: ListTable<SettlementSummary> = {
  path: "/settlements",
  caption: "Settlements, newest first",
  filters: ["currency", "status"],
  fetch: (views, query, accountId, page) =>
    listSettlements(views, { ...page, accountId, currency: query("currency"), status: query("status") }),
  columns: [
    {
      title: "Settlement",
      cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
      csv: (item) => item.settlementId,
    },
    { title: "Account", cell: (item) => item.accountId, csv: (item) => item.accountId },
    {
      title: "Period",
      cell: (item, frame) => (
        <span class="nowrap">
          {item.startAt === null ? "?" : frame.format.shortDay(item.startAt)} –{" "}
          {item.endAt === null ? "?" : frame.format.day(item.endAt)}
        </span>
      ),
      csv: (item) =>
        `${item.startAt === null ? "" : formatInstant(item.startAt)}/${item.endAt === null ? "" : formatInstant(item.endAt)}`,
    },
    {
      title: "Verdict",
      cell: (item, frame) =>
        item.status === "balanced" ? (
          <Badge tone="good">{word("balanced", frame.format.locale)}</Badge>
        ) : (
          <Badge tone="bad">{word("with exceptions", frame.format.locale)}</Badge>
        ),
      csv: (item) => item.status,
    },
    { title: "Currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "Rows",
      numeric: true,
      cell: (item, frame) => <a href={`${settlementLink(frame, item)}#rows`}>{frame.format.count(item.rows)}</a>,
      csv: (item) => String(item.rows),
    },
    amount("Opening", (item) => item.openingMinor),
    amount("Activity", (item) => item.activityMinor),
    amount("Fees", (item) => item.feesMinor),
    amount("Reserve", (item) => item.reserveMinor),
    amount("Transfer", (item) => item.transferMinor),
    amount("Closing", (item) => item.closingMinor),
  ],
};
