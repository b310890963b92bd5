import { listAlerts } from "@amazon-pay-kit/ledger";
import { word } from "../layout/words.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { reportsTable } from "../tables/reports.tsx";
import { Coverage, coverageOf } from "./coverage.tsx";
import type { PageRow } from "./page-row.ts";

export const reportsPage: PageRow = {
  path: "/reports",
  current: "reports",
  async render({ views, query, account, frame, now }) {
    const [page, alerts, coverage] = await Promise.all([
      reportsTable.fetch(views, query, account, { cursor: query("cursor") }),
      listAlerts(views, { accountId: account }),
      coverageOf(views, account, now, frame.format),
    ]);
    return {
      title: word("reports", frame.format.locale),
      body: (
        <>
          {alerts.map((alert) => (
            <p class="message bad">
              <b class="mono">{alert.code}</b> {alert.message}{" "}
              <span class="soft small">{frame.format.moment(alert.raisedAt)}</span>
            </p>
          ))}
          <section class="panel">
            <h2>Coverage</h2>
            <Coverage rows={coverage} />
          </section>
          <section class="panel">
            <ListTableView table={reportsTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
