import { Choice } from "../components/choice.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementsTable } from "../tables/settlements.tsx";
import { term, termsOf } from "../wording/vocabulary.ts";
import type { PageRow } from "./page-row.ts";

/** Currencies in which Amazon Pay settles. */
const CURRENCIES = ["USD", "EUR", "GBP", "JPY"];

export const settlementsPage: PageRow = {
  path: "/settlements",
  current: "settlements",
  async render(input) {
    const { query, account, frame } = input;
    const { say, format } = frame;
    const page = await settlementsTable.fetch(input, { cursor: query("cursor") });
    return {
      title: say("settlements"),
      body: (
        <section class="panel">
          <form class="filters" method="get" action="/settlements">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <Choice
              frame={frame}
              label="column currency"
              name="currency"
              chosen={query("currency")}
              options={CURRENCIES.map((currency) => [currency, currency])}
            />
            <Choice
              frame={frame}
              label="column verdict"
              name="status"
              chosen={query("status")}
              options={termsOf("settlement").map((status) => [status, term("settlement", status, format.locale)])}
            />
            <button type="submit">{say("show")}</button>
          </form>
          <ListTableView table={settlementsTable} page={page} frame={frame} query={query} />
        </section>
      ),
    };
  },
};
