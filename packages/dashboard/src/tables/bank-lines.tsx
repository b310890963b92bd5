/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { type BankLineView, formatAmount, formatInstant, listBankLines } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import { type ListTable, type Query, sortOf } from "./list-table.ts";
import { PERIOD_FILTERS, periodOf } from "./period.ts";
import { settlementLink } from "./settlements.tsx";
import { matchedAsked } from "./transfers.tsx";

/** The page that explains a line of a statement: by its amount. */
function explained(frame: Frame, item: BankLineView): string {
  return linkTo({ ...frame, account: item.accountId }, "/explain", {
    q: frame.format.plain(item.amountMinor, item.currency),
  });
}

/** The statement whose lines are asked for, by its number; one that is none has no lines. */
function importAsked(query: Query): number | undefined {
  const asked = query("statement");
  return asked === undefined ? undefined : /^\d{1,15}$/.test(asked) ? Number(asked) : -1;
}

/** Every line of the imported bank statements, with the payouts that it is. */
export const bankLinesTable: ListTable<BankLineView> = {
  path: "/bank",
  file: "/bank/lines.csv",
  caption: (translate) => translate("bank lines newest"),
  empty: "no bank lines",
  filters: ["currency", "bank", "q", "statement", ...PERIOD_FILTERS],
  fetch: (source, page) =>
    listBankLines(source.views, {
      ...page,
      ...periodOf(source),
      accountId: source.account,
      currency: source.query("currency"),
      matched: matchedAsked(source.query),
      text: source.query("q"),
      sort: sortOf(source.query, "lines"),
      importId: importAsked(source.query),
    }),
  columns: [
    {
      title: "column booked",
      sort: "booked",
      cell: (item, frame) => <span class="nowrap">{frame.format.bankDay(item.bookedAt)}</span>,
      csv: (item) => formatInstant(item.bookedAt).slice(0, 10),
    },
    {
      title: "column amount",
      sort: "amount",
      numeric: true,
      cell: (item, frame) => (
        <Money format={frame.format} minor={item.amountMinor} currency={item.currency} href={explained(frame, item)} />
      ),
      csv: (item) => formatAmount(item.amountMinor, item.currency),
    },
    {
      title: "column bank text",
      place: "words",
      cell: (item) => <span class="mono">{[item.counterparty, item.text].filter(Boolean).join(" · ")}</span>,
      csv: (item) => [item.counterparty, item.text].filter(Boolean).join(" · "),
    },
    {
      title: "column settlement",
      cell: (item, frame) =>
        item.settlements.length === 0 ? (
          <Badge tone={item.amountMinor > 0n ? "warn" : "plain"}>{frame.translate("no payout")}</Badge>
        ) : (
          item.settlements.map((settlementId, index) => (
            <>
              {index === 0 ? "" : ", "}
              <a href={settlementLink(frame, { ...item, settlementId })}>{settlementId}</a>
            </>
          ))
        ),
      csv: (item) => item.settlements.join(" "),
    },
    {
      title: "column matched by",
      cell: (item, frame) => (item.rule === null ? "" : term("deposit rule", item.rule, frame.format.locale)),
      csv: (item) => item.rule ?? "",
    },
    {
      title: "column file and line",
      cell: (item) => (item.fileName === null ? "" : `${item.fileName}:${item.line ?? ""}`),
      csv: (item) => (item.fileName === null ? "" : `${item.fileName}:${item.line ?? ""}`),
    },
    { title: "column currency", cell: (item) => item.currency, csv: (item) => item.currency },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
