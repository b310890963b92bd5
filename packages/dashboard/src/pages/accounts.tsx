import { listAccounts } from "@amazon-pay-kit/ledger";
import { DataTable } from "../components/data-table.tsx";
import { linkTo } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import type { PageRow } from "./page-row.ts";

export const accountsPage: PageRow = {
  path: "/accounts",
  current: "accounts",
  async render({ views, frame }) {
    const accounts = await listAccounts(views);
    const { format } = frame;
    return {
      title: word("accounts", format.locale),
      body: (
        <section class="panel">
          <DataTable
            caption="Every account of this ledger"
            rows={accounts}
            empty={word("none", format.locale)}
            columns={[
              {
                title: "Account",
                cell: (account) => (
                  <a href={linkTo({ ...frame, account: account.accountId }, "/")}>{account.accountId}</a>
                ),
              },
              { title: "Seller id", cell: (account) => <span class="mono">{account.sellerId ?? ""}</span> },
              { title: "Region", cell: (account) => account.region },
              { title: "Environment", cell: (account) => account.environment },
              { title: "Currency", cell: (account) => account.currency ?? "" },
              {
                title: "Reports",
                numeric: true,
                cell: (account) => (
                  <a href={linkTo({ ...frame, account: account.accountId }, "/reports")}>
                    {format.count(account.reports)}
                  </a>
                ),
              },
              {
                title: "Settlements",
                numeric: true,
                cell: (account) => (
                  <a href={linkTo({ ...frame, account: account.accountId }, "/settlements")}>
                    {format.count(account.settlements)}
                  </a>
                ),
              },
              {
                title: "To do",
                numeric: true,
                cell: (account) => (
                  <a href={linkTo({ ...frame, account: account.accountId }, "/exceptions", { status: "to-do" })}>
                    {format.count(account.openExceptions)}
                  </a>
                ),
              },
              {
                title: "Last download",
                cell: (account) => (account.lastFetchedAt === null ? "never" : format.moment(account.lastFetchedAt)),
              },
            ]}
          />
        </section>
      ),
    };
  },
};
