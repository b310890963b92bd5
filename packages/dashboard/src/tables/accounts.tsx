/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant, pageAccounts, type AccountSummary } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import type { PlainText } from "../locales/texts.ts";
import type { ListColumn, ListTable } from "./list-table.ts";

function count(
  title: PlainText,
  path: string,
  pick: (account: AccountSummary) => number,
  query: Readonly<Record<string, string>> = {},
): ListColumn<AccountSummary> {
  return {
    title,
    numeric: true,
    cell: (account, frame: Frame) => (
      <a href={linkTo({ ...frame, account: account.accountId }, path, query)}>{frame.format.count(pick(account))}</a>
    ),
    csv: (account) => String(pick(account)),
  };
}

/** Every account of the ledger with what is kept of it. */
export const accountsTable: ListTable<AccountSummary> = {
  path: "/accounts",
  file: "/accounts.csv",
  caption: (translate) => translate("accounts caption"),
  empty: "no accounts",
  filters: [],
  fetch: ({ views, accounts }, page) => pageAccounts(views, accounts === null ? page : { ...page, only: accounts }),
  columns: [
    {
      title: "account",
      cell: (account, frame) => <a href={linkTo({ ...frame, account: account.accountId }, "/")}>{account.accountId}</a>,
      csv: (account) => account.accountId,
    },
    {
      title: "column seller",
      cell: (account) => <span class="mono">{account.sellerId ?? ""}</span>,
      csv: (account) => account.sellerId ?? "",
    },
    {
      title: "column region",
      cell: (account, frame) => term("region", account.region, frame.format.locale),
      csv: (account) => account.region,
    },
    {
      title: "column environment",
      cell: (account, frame) => term("environment", account.environment, frame.format.locale),
      csv: (account) => account.environment,
    },
    { title: "column currency", cell: (account) => account.currency ?? "", csv: (account) => account.currency ?? "" },
    count("reports", "/reports", (account) => account.reports),
    count("settlements", "/settlements", (account) => account.settlements),
    count("column to do", "/exceptions", (account) => account.openExceptions, { status: "to-do" }),
    {
      title: "column last download",
      cell: (account, frame) =>
        account.lastFetchedAt === null ? frame.translate("never") : frame.format.moment(account.lastFetchedAt),
      csv: (account) => (account.lastFetchedAt === null ? "" : formatInstant(account.lastFetchedAt)),
    },
  ],
};
