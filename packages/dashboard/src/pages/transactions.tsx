/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { Months, Period } from "./controls/period.tsx";
import { exceptionsTable } from "../tables/exceptions.tsx";
import { pageAsked, type Query } from "../tables/list-table.ts";
import { openItemsTable } from "../tables/open-items.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { rowsTable } from "../tables/rows.tsx";
import { termsOf } from "../locales/terms.ts";
import { term } from "../locales/texts.ts";
import type { PageInput, PageRow } from "./page-row.ts";

/** What else the books know of an id that is in no settlement: that it waits, and what is wrong with it. */
async function outsideSettlements(input: PageInput, transaction: string): Promise<Child> {
  const { frame } = input;
  const query: Query = (name) => (name === "transaction" ? transaction : undefined);
  const [items, exceptions] = await Promise.all([
    openItemsTable.fetch({ ...input, query }, {}),
    exceptionsTable.fetch({ ...input, query }, {}),
  ]);
  return (
    <>
      {items.items.length === 0 ? null : (
        <section class="panel">
          <h2>{frame.translate("in no settlement")}</h2>
          <ListTableView table={openItemsTable} page={items} frame={frame} query={query} />
        </section>
      )}
      {exceptions.items.length === 0 ? null : (
        <section class="panel">
          <h2>{frame.translate("exceptions")}</h2>
          <ListTableView table={exceptionsTable} page={exceptions} frame={frame} query={query} />
        </section>
      )}
    </>
  );
}

export const transactionsPage: PageRow = {
  path: "/transactions",
  current: "transactions",
  async render(input) {
    const { query, account, frame } = input;
    const { translate, format } = frame;
    const filtered = rowsTable.filters.some((name) => query(name) !== undefined);
    const [page, totals] = await Promise.all([
      rowsTable.fetch(input, pageAsked(query)),
      filtered ? rowsTable.sums?.(input) : undefined,
    ]);
    const asked = query("q")?.trim();
    const outside = page.items.length > 0 || asked === undefined ? null : await outsideSettlements(input, asked);
    return {
      title: translate("transactions"),
      body: (
        <>
          <section class="panel">
            <form class="filters" method="get" action="/transactions" role="search">
              {account === undefined ? null : <input type="hidden" name="account" value={account} />}
              <label>
                {translate("search label")}
                <input
                  type="search"
                  name="q"
                  value={query("q") ?? ""}
                  placeholder={translate("search example")}
                  size={30}
                />
              </label>
              <Choice
                frame={frame}
                label="column type"
                name="type"
                chosen={query("type")}
                options={termsOf("transaction type").map((type) => [
                  type,
                  term("transaction type", type, format.locale),
                ])}
              />
              <CurrencyChoice frame={frame} query={query} />
              <Period frame={frame} query={query} />
              <button type="submit">{translate("show")}</button>
            </form>
            <Months frame={frame} query={query} path="/transactions" filters={rowsTable.filters} now={input.now} />
            <ListTableView table={rowsTable} page={page} frame={frame} query={query} totals={totals} />
          </section>
          {outside}
        </>
      ),
    };
  },
};
