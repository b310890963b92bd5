/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { Months, Period } from "./controls/period.tsx";
import { bankLinesTable } from "../tables/bank-lines.tsx";
import { forecastsTable } from "../tables/forecasts.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { transfersTable } from "../tables/transfers.tsx";
import type { PageRow } from "./page-row.ts";

/** Rows of each side that stand on the page; each list has its own pages when it is the only one asked for. */
const SIDE = 25;

export const bankPage: PageRow = {
  path: "/bank",
  current: "bank",
  async render(input) {
    const { frame, query, account } = input;
    const { translate } = frame;
    const lists = query("list");
    const only = (name: string) => lists === undefined || lists === name;
    const asked = lists === undefined ? { limit: SIDE } : pageAsked(query);
    const [lines, transfers, forecasts] = await Promise.all([
      only("lines") ? bankLinesTable.fetch(input, asked) : null,
      only("payouts") ? transfersTable.fetch(input, asked) : null,
      forecastsTable.fetch(input, {}),
    ]);
    return {
      title: translate("bank"),
      body: (
        <>
          <p class="soft">{translate("bank intro")}</p>
          <form class="filters" method="get" action="/bank">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <label>
              {translate("bank search")}
              <input type="search" name="q" value={query("q") ?? ""} />
            </label>
            <Choice
              frame={frame}
              label="column compared"
              name="bank"
              chosen={query("bank")}
              options={[
                ["unchecked", translate("only unmatched")],
                ["matched", translate("only matched")],
              ]}
            />
            <CurrencyChoice frame={frame} query={query} />
            <Period frame={frame} query={query} />
            <button type="submit">{translate("show")}</button>
          </form>
          <Months frame={frame} query={query} path="/bank" filters={bankLinesTable.filters} now={input.now} />
          {lines === null ? null : (
            <section class="panel" id="lines">
              <h2>{translate("on the statements")}</h2>
              <ListTableView table={bankLinesTable} page={lines} frame={frame} query={query} list="lines" />
            </section>
          )}
          {transfers === null ? null : (
            <section class="panel" id="payouts">
              <h2>{translate("paid by amazon")}</h2>
              <ListTableView table={transfersTable} page={transfers} frame={frame} query={query} list="payouts" />
            </section>
          )}
          {lists === undefined ? (
            <section class="panel" id="forecast">
              <h2>{translate("forecast")}</h2>
              <ListTableView table={forecastsTable} page={forecasts} frame={frame} query={() => undefined} />
            </section>
          ) : null}
        </>
      ),
    };
  },
};
