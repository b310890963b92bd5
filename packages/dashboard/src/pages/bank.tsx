import { word } from "../layout/words.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { transfersTable } from "../tables/transfers.tsx";
import type { PageRow } from "./page-row.ts";

export const bankPage: PageRow = {
  path: "/bank",
  current: "bank",
  async render({ views, query, account, frame }) {
    const page = await transfersTable.fetch(views, query, account, { cursor: query("cursor") });
    return {
      title: word("bank", frame.format.locale),
      body: (
        <section class="panel">
          <p class="soft">What Amazon Pay sent, and what arrived. Bank statements come in with apay bank import.</p>
          <ListTableView table={transfersTable} page={page} frame={frame} query={query} />
        </section>
      ),
    };
  },
};
