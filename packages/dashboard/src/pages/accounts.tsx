import { word } from "../layout/words.ts";
import { accountsTable } from "../tables/accounts.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import type { PageRow } from "./page-row.ts";

export const accountsPage: PageRow = {
  path: "/accounts",
  current: "accounts",
  async render({ views, query, frame }) {
    const page = await accountsTable.fetch(views, query, undefined, {});
    return {
      title: word("accounts", frame.format.locale),
      body: (
        <section class="panel">
          <ListTableView table={accountsTable} page={page} frame={{ ...frame, account: null }} query={query} />
        </section>
      ),
    };
  },
};
