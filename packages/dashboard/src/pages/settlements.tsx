import { word } from "../layout/words.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementsTable } from "../tables/settlements.tsx";
import type { PageRow } from "./page-row.ts";

const CURRENCIES = ["USD", "EUR", "GBP", "JPY"];

export const settlementsPage: PageRow = {
  path: "/settlements",
  current: "settlements",
  async render({ views, query, account, frame }) {
    const page = await settlementsTable.fetch(views, query, account, { cursor: query("cursor") });
    return {
      title: word("settlements", frame.format.locale),
      body: (
        <section class="panel">
          <form class="filters" method="get" action="/settlements">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <label>
              Currency
              <select name="currency">
                <option value="">all</option>
                {CURRENCIES.map((currency) => (
                  <option selected={query("currency") === currency}>{currency}</option>
                ))}
              </select>
            </label>
            <label>
              Verdict
              <select name="status">
                <option value="">all</option>
                {["balanced", "exceptions"].map((status) => (
                  <option selected={query("status") === status}>{status}</option>
                ))}
              </select>
            </label>
            <button type="submit">{word("show", frame.format.locale)}</button>
          </form>
          <ListTableView table={settlementsTable} page={page} frame={frame} query={query} />
        </section>
      ),
    };
  },
};
