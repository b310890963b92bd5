/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatAmount, formatInstant, pageForecasts, type ForecastView } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { ListTable } from "./list-table.ts";
import { moneyColumn } from "./money-column.tsx";
import { settlementLink } from "./settlements.tsx";

/** The settlement that left the balance and the reserve that the forecast begins with. */
function before(item: ForecastView, frame: Frame): string | undefined {
  if (item.afterSettlementId === "") return undefined;
  return settlementLink(frame, { ...item, settlementId: item.afterSettlementId });
}

/** What the next transfer of each account should be, and what became of earlier forecasts. */
export const forecastsTable: ListTable<ForecastView> = {
  path: "/bank",
  file: "/bank/forecasts.csv",
  caption: (translate) => translate("forecast caption"),
  empty: "no forecast",
  filters: [],
  fetch: ({ views, account }, page) => pageForecasts(views, { ...page, accountId: account }),
  columns: [
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
    {
      title: "column after",
      cell: (item, frame) =>
        item.afterSettlementId === "" ? (
          ""
        ) : (
          <a href={settlementLink(frame, { ...item, settlementId: item.afterSettlementId })}>
            {item.afterSettlementId}
          </a>
        ),
      csv: (item) => item.afterSettlementId,
    },
    moneyColumn("column opening", (item) => item.openingMinor, before, true),
    moneyColumn(
      "column captures",
      (item) => item.capturesMinor,
      (item, frame) =>
        `${linkTo({ ...frame, account: item.accountId }, "/ageing", { kind: "charge", currency: item.currency })}#items`,
      true,
    ),
    moneyColumn(
      "column refunds",
      (item) => item.refundsMinor,
      (item, frame) =>
        `${linkTo({ ...frame, account: item.accountId }, "/ageing", { kind: "refund", currency: item.currency })}#items`,
      true,
    ),
    moneyColumn("column fees", (item) => item.feesMinor, undefined, true),
    moneyColumn("column reserve", (item) => item.reserveMinor, before, true),
    moneyColumn("column expected", (item) => item.expectedMinor, undefined, true),
    {
      title: "column actual",
      numeric: true,
      cell: (item, frame) =>
        item.settlementId === null || item.actualMinor === null ? (
          <Badge tone="plain">{frame.translate("awaited")}</Badge>
        ) : (
          <Money
            format={frame.format}
            minor={item.actualMinor}
            currency={item.currency}
            href={settlementLink(frame, { ...item, settlementId: item.settlementId })}
            bare
          />
        ),
      csv: (item) => (item.actualMinor === null ? "" : formatAmount(item.actualMinor, item.currency)),
    },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "column when",
      cell: (item, frame) => (
        <span class="nowrap">
          {item.overdueSince !== null
            ? frame.translate("overdue since", { day: frame.format.day(item.overdueSince) })
            : item.expectedAt === null
              ? ""
              : frame.format.day(item.expectedAt)}
        </span>
      ),
      csv: (item) => (item.expectedAt === null ? "" : formatInstant(item.expectedAt)),
    },
  ],
};
