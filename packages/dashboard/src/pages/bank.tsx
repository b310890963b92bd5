import { CurrencyChoice } from "./controls/choice.tsx";
import { Months, Period } from "./controls/period.tsx";
import { forecastsTable } from "../tables/forecasts.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { transfersTable } from "../tables/transfers.tsx";
import type { PageRow } from "./page-row.ts";

export const bankPage: PageRow = {
  path: "/bank",
  current: "bank",
  async render(input) {
    const { frame, query, account } = input;
    const [page, forecasts] = await Promise.all([
      transfersTable.fetch(input, pageAsked(query)),
      forecastsTable.fetch(input, {}),
    ]);
    return {
      title: frame.translate("bank"),
      body: (
        <>
          <p class="soft">{frame.translate("bank intro")}</p>
          <section class="panel" id="forecast">
            <h2>{frame.translate("forecast")}</h2>
            <ListTableView table={forecastsTable} page={forecasts} frame={frame} query={() => undefined} />
          </section>
          <section class="panel">
            <h2>{frame.translate("transfers")}</h2>
            <form class="filters" method="get" action="/bank">
              {account === undefined ? null : <input type="hidden" name="account" value={account} />}
              <Period frame={frame} query={query} />
              <CurrencyChoice frame={frame} query={query} />
              <button type="submit">{frame.translate("show")}</button>
            </form>
            <Months frame={frame} query={query} path="/bank" filters={transfersTable.filters} now={input.now} />
            <ListTableView table={transfersTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
