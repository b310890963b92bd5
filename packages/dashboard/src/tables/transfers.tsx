/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatAmount, formatInstant, listTransfers, type TransferView } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import { type ListTable, type Query, sortOf } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { settlementLink } from "./settlements.tsx";
import { DAY } from "../locale/day.ts";

function days(item: TransferView): string {
  return item.depositAt === null ? "" : String(Math.max(0, Math.round((item.depositAt - item.transferredAt) / DAY)));
}

/** Whether exactly what was transferred has arrived. */
export function asSent(item: TransferView): boolean {
  return item.depositMinor === item.amountMinor && item.depositCurrency === item.currency;
}

/** Which side of the comparison with the bank is asked for: found there (`matched`), or not (`unchecked`). */
export function matchedAsked(query: Query): boolean | undefined {
  const asked = query("bank");
  return asked === "matched" ? true : asked === "unchecked" ? false : undefined;
}

/** Transfers and the deposits that they became. */
export const transfersTable: ListTable<TransferView> = {
  path: "/bank",
  file: "/bank.csv",
  caption: (translate) => translate("transfers newest"),
  empty: "no transfers",
  filters: ["currency", "bank", ...PERIOD_FILTERS],
  fetch: (source, page) =>
    listTransfers(source.views, {
      ...page,
      ...periodOf(source),
      accountId: source.account,
      currency: source.query("currency"),
      matched: matchedAsked(source.query),
      sort: sortOf(source.query, "payouts"),
    }),
  columns: [
    {
      title: "column transferred",
      sort: "transferred",
      cell: (item, frame) => <span class="nowrap">{frame.format.day(item.transferredAt)}</span>,
      csv: (item) => formatInstant(item.transferredAt),
    },
    {
      title: "column settlement",
      cell: (item, frame) => <a href={settlementLink(frame, item)}>{item.settlementId}</a>,
      csv: (item) => item.settlementId,
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
          href={linkTo({ ...frame, account: item.accountId }, `/files/${item.fileId}`, { line: String(item.line) })}
        />
      ),
      csv: (item) => formatAmount(item.amountMinor, item.currency),
    },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    {
      title: "column reference",
      cell: (item) => <span class="mono">{item.disbursementReferenceId ?? ""}</span>,
      csv: (item) => item.disbursementReferenceId ?? "",
    },
    {
      title: "column deposit",
      cell: (item, frame) =>
        item.depositAt === null ? (
          <Badge tone="warn">{frame.translate("not matched")}</Badge>
        ) : (
          <Badge tone="good">{frame.format.bankDay(item.depositAt)}</Badge>
        ),
      csv: (item) => (item.depositAt === null ? "" : formatInstant(item.depositAt)),
    },
    {
      title: "column arrived",
      numeric: true,
      cell: (item, frame) =>
        item.depositMinor === null ? (
          ""
        ) : asSent(item) ? (
          <Money format={frame.format} minor={item.depositMinor} currency={item.depositCurrency ?? item.currency} />
        ) : (
          <Badge tone="warn">{frame.format.money(item.depositMinor, item.depositCurrency ?? item.currency)}</Badge>
        ),
      csv: (item) =>
        item.depositMinor === null
          ? ""
          : `${formatAmount(item.depositMinor, item.depositCurrency ?? item.currency)} ${item.depositCurrency ?? ""}`,
    },
    { title: "column days in transit", numeric: true, cell: days, csv: days },
    {
      title: "column matched by",
      cell: (item, frame) => (item.rule === null ? "" : term("deposit rule", item.rule, frame.format.locale)),
      csv: (item) => item.rule ?? "",
    },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
