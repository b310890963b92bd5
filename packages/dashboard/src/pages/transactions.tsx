import { word } from "../layout/words.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { rowsTable } from "../tables/rows.tsx";
import type { PageRow } from "./page-row.ts";

const TYPES = [
  "authorization",
  "capture",
  "refund",
  "a-to-z-guarantee-claim",
  "chargeback",
  "dispute",
  "adjustment",
  "debt",
  "reserve",
  "carryover",
  "transfer",
];

export const transactionsPage: PageRow = {
  path: "/transactions",
  current: "transactions",
  async render({ views, query, account, frame }) {
    const page = await rowsTable.fetch(views, query, account, { cursor: query("cursor") });
    return {
      title: word("transactions", frame.format.locale),
      body: (
        <section class="panel">
          <form class="filters" method="get" action="/transactions" role="search">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <label>
              Any id or amount
              <input type="search" name="q" value={query("q") ?? ""} placeholder="C01-… or 49.90" size={30} />
            </label>
            <label>
              Type
              <select name="type">
                <option value="">all</option>
                {TYPES.map((type) => (
                  <option selected={query("type") === type}>{type}</option>
                ))}
              </select>
            </label>
            <button type="submit">{word("show", frame.format.locale)}</button>
          </form>
          <ListTableView table={rowsTable} page={page} frame={frame} query={query} />
        </section>
      ),
    };
  },
};
