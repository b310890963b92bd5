import { Choice } from "../components/choice.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { rowsTable } from "../tables/rows.tsx";
import { term, termsOf } from "../wording/vocabulary.ts";
import type { PageRow } from "./page-row.ts";

export const transactionsPage: PageRow = {
  path: "/transactions",
  current: "transactions",
  async render(input) {
    const { query, account, frame } = input;
    const { say, format } = frame;
    const page = await rowsTable.fetch(input, { cursor: query("cursor") });
    return {
      title: say("transactions"),
      body: (
        <section class="panel">
          <form class="filters" method="get" action="/transactions" role="search">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <label>
              {say("search label")}
              <input type="search" name="q" value={query("q") ?? ""} placeholder={say("search example")} size={30} />
            </label>
            <Choice
              frame={frame}
              label="column type"
              name="type"
              chosen={query("type")}
              options={termsOf("transaction type").map((type) => [type, term("transaction type", type, format.locale)])}
            />
            <button type="submit">{say("show")}</button>
          </form>
          <ListTableView table={rowsTable} page={page} frame={frame} query={query} />
        </section>
      ),
    };
  },
};
