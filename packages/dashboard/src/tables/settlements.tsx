/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import {
  formatAmount,
  formatInstant,
  listSettlements,
  sumSettlements,
  type SettlementFilter,
  type SettlementSummary,
} from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Badge, type Tone } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn, ListTable, TableSource } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";

const TONES: Readonly<Record<string, Tone>> = { balanced: "good", explained: "plain" };

/** Whether a settlement is balanced, has differences, or has only explained ones. */
export const VerdictBadge: FC<{ status: string; frame: Frame }> = ({ status, frame }) => (
  <Badge tone={TONES[status] ?? "bad"}>{term("settlement", status, frame.format.locale)}</Badge>
);

const BANK_TONES: Readonly<Record<string, Tone>> = { matched: "good", differs: "bad" };

/** Whether a settlement's transfer was compared with a bank statement, and what came of it. */
export const BankBadge: FC<{ bank: string; frame: Frame }> = ({ bank, frame }) => (
  <Badge tone={BANK_TONES[bank] ?? "plain"}>{term("settlement bank", bank, frame.format.locale)}</Badge>
);

/** Where a settlement's page is. */
export function settlementLink(
  frame: Frame,
  item: { readonly accountId: string; readonly settlementId: string; readonly currency: string },
): string {
  return linkTo({ ...frame, account: item.accountId }, `/settlements/${encodeURIComponent(item.settlementId)}`, {
    currency: item.currency,
  });
}

function amount(title: PlainText, pick: (item: SettlementSummary) => bigint): ListColumn<SettlementSummary> {
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

function filterOf({ query, account, calendar }: TableSource): SettlementFilter {
  return {
    ...periodOf({ query, calendar }),
    accountId: account,
    currency: query("currency"),
    status: query("status"),
    bank: query("bank"),
  };
}

/** Settlements with their verdicts. */
export const settlementsTable: ListTable<SettlementSummary> = {
  path: "/settlements",
  file: "/settlements.csv",
  caption: (translate) => translate("settlements newest"),
  empty: "no settlements",
  filters: ["currency", "status", "bank", ...PERIOD_FILTERS],
  fetch: (source, page) => listSettlements(source.views, { ...page, ...filterOf(source), sort: source.query("sort") }),
  sums: async (source) =>
    (await sumSettlements(source.views, filterOf(source))).map((sum) => ({
      currency: sum.currency,
      rows: sum.settlements,
      minor: {
        "column activity": sum.activityMinor,
        "column fees": sum.feesMinor,
        "column transfer": sum.transferMinor,
      },
    })),
  columns: [
    {
      title: "column settlement",
      sort: "settlement",
      cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
      csv: (item) => item.settlementId,
    },
    {
      title: "column verdict",
      sort: "status",
      cell: (item, frame) => <VerdictBadge status={item.status} frame={frame} />,
      csv: (item) => item.status,
    },
    {
      title: "column bank verdict",
      sort: "bank",
      cell: (item, frame) => <BankBadge bank={item.bank} frame={frame} />,
      csv: (item) => item.bank,
    },
    {
      title: "column period",
      sort: "end",
      cell: (item, frame) => (
        <span class="nowrap">
          {item.startAt === null ? "?" : frame.format.shortDay(item.startAt)} –{" "}
          {item.endAt === null ? "?" : frame.format.day(item.endAt)}
        </span>
      ),
      csv: (item) =>
        `${item.startAt === null ? "" : formatInstant(item.startAt)}/${item.endAt === null ? "" : formatInstant(item.endAt)}`,
    },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "column rows",
      sort: "rows",
      numeric: true,
      cell: (item, frame) => <a href={`${settlementLink(frame, item)}#rows`}>{frame.format.count(item.rows)}</a>,
      csv: (item) => String(item.rows),
    },
    amount("column opening", (item) => item.openingMinor),
    { ...amount("column activity", (item) => item.activityMinor), sort: "activity" },
    { ...amount("column fees", (item) => item.feesMinor), sort: "fees" },
    amount("column reserve", (item) => item.reserveMinor),
    { ...amount("column transfer", (item) => item.transferMinor), sort: "transfer" },
    { ...amount("column closing", (item) => item.closingMinor), sort: "closing" },
  ],
};
