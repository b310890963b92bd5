/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { listAlerts } from "@amazon-pay-kit/ledger";
import { Choice } from "./controls/choice.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { linkTo } from "../layout/page.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { reportsTable } from "../tables/reports.tsx";
import { termsOf } from "../locales/terms.ts";
import { term } from "../locales/texts.ts";
import { coveragePanel } from "./coverage.tsx";
import type { PageRow } from "./page-row.ts";

export const reportsPage: PageRow = {
  path: "/reports",
  current: "reports",
  async render(input) {
    const { views, query, account, frame } = input;
    const { translate, format } = frame;
    const [page, alerts, coverage] = await Promise.all([
      reportsTable.fetch(input, pageAsked(query)),
      listAlerts(views, { accountId: account }),
      coveragePanel(input, frame),
    ]);
    return {
      title: translate("reports"),
      body: (
        <>
          {alerts.map((alert) => (
            <p class="message bad">
              <b class="mono">{alert.code}</b> <span lang="en">{alert.message}</span>{" "}
              <span class="soft small">{format.moment(alert.raisedAt)}</span>
            </p>
          ))}
          {coverage}
          <section class="panel">
            <FilterForm
              frame={frame}
              query={query}
              action="/reports"
              search="text search"
              after={
                query("type") === undefined ? null : (
                  <a href={linkTo(frame, "/reports")}>{translate("clear filters")}</a>
                )
              }
            >
              {query("type") === undefined ? null : <input type="hidden" name="type" value={query("type")} />}
              <Choice
                frame={frame}
                label="column state"
                name="state"
                chosen={query("state")}
                options={termsOf("report state").map((state) => [state, term("report state", state, format.locale)])}
              />
            </FilterForm>
            <ListTableView table={reportsTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
