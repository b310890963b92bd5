import { formatInstant, listAccounts, type AccountSummary } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { ListColumn, ListTable } from "./list-table.ts";

function count(
  title: string,
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
  caption: "Every account of this ledger",
  filters: [],
  fetch: async (views, _query, accountId) => {
    const accounts = await listAccounts(views);
    return {
      items: accountId === undefined ? accounts : accounts.filter((account) => account.accountId === accountId),
      next: null,
    };
  },
  columns: [
    {
      title: "Account",
      cell: (account, frame) => <a href={linkTo({ ...frame, account: account.accountId }, "/")}>{account.accountId}</a>,
      csv: (account) => account.accountId,
    },
    {
      title: "Seller id",
      cell: (account) => <span class="mono">{account.sellerId ?? ""}</span>,
      csv: (account) => account.sellerId ?? "",
    },
    { title: "Region", cell: (account) => account.region, csv: (account) => account.region },
    { title: "Environment", cell: (account) => account.environment, csv: (account) => account.environment },
    { title: "Currency", cell: (account) => account.currency ?? "", csv: (account) => account.currency ?? "" },
    count("Reports", "/reports", (account) => account.reports),
    count("Settlements", "/settlements", (account) => account.settlements),
    count("To do", "/exceptions", (account) => account.openExceptions, { status: "to-do" }),
    {
      title: "Last download",
      cell: (account, frame) => (account.lastFetchedAt === null ? "never" : frame.format.moment(account.lastFetchedAt)),
      csv: (account) => (account.lastFetchedAt === null ? "" : formatInstant(account.lastFetchedAt)),
    },
  ],
};
