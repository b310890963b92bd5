import { forecastsTable } from "../tables/forecasts.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { transfersTable } from "../tables/transfers.tsx";
import type { PageRow } from "./page-row.ts";

export const bankPage: PageRow = {
  path: "/bank",
  current: "bank",
  async render(input) {
    const { frame, query } = input;
    const [page, forecasts] = await Promise.all([
      transfersTable.fetch(input, { cursor: query("cursor") }),
      forecastsTable.fetch(input, {}),
    ]);
    return {
      title: frame.say("bank"),
      body: (
        <>
          <p class="soft">{frame.say("bank intro")}</p>
          <section class="panel" id="forecast">
            <h2>{frame.say("forecast")}</h2>
            <ListTableView table={forecastsTable} page={forecasts} frame={frame} query={() => undefined} />
          </section>
          <section class="panel">
            <h2>{frame.say("transfers")}</h2>
            <ListTableView table={transfersTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
