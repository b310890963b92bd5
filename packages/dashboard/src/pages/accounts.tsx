import { accountsTable } from "../tables/accounts.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import type { PageRow } from "./page-row.ts";

export const accountsPage: PageRow = {
  path: "/accounts",
  current: "accounts",
  async render(input) {
    const { frame, query } = input;
    const page = await accountsTable.fetch(input, {});
    return {
      title: frame.say("accounts"),
      body: (
        <section class="panel">
          <ListTableView table={accountsTable} page={page} frame={{ ...frame, account: null }} query={query} />
        </section>
      ),
    };
  },
};
