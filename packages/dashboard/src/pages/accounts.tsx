/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { accountsTable } from "../tables/accounts.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { pageAsked } from "../tables/list-table.ts";
import type { PageRow } from "./page-row.ts";

export const accountsPage: PageRow = {
  path: "/accounts",
  current: "accounts",
  async render(input) {
    const { frame, query } = input;
    const page = await accountsTable.fetch(input, pageAsked(query));
    return {
      title: frame.translate("accounts"),
      body: (
        <section class="panel">
          <ListTableView table={accountsTable} page={page} frame={{ ...frame, account: null }} query={query} />
        </section>
      ),
    };
  },
};
