/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { listBankLines, listCauses, listForecasts, listSettlements, payoutSums } from "@amazon-pay-kit/ledger";
import { linkTo } from "../layout/page.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementsTable } from "../tables/settlements.tsx";
import { Arrived, lastTwoMonths } from "./home/arrived.tsx";
import { FirstSteps } from "./home/first-steps.tsx";
import { Coming } from "./home/coming.tsx";
import { Tour, tourStops } from "./home/tour.tsx";
import { NeedsMe } from "./home/needs-me.tsx";
import { coveragePanel } from "./coverage.tsx";
import type { PageRow } from "./page-row.ts";

const LAST = 6;
const MOST_CAUSES = 6;

/** What a settlement's row says on the home page; the list of settlements says the rest. */
const SHORT = new Set([
  "column settlement",
  "column verdict",
  "column period",
  "account",
  "column currency",
  "column transfer",
]);
const columns = settlementsTable.columns.filter(({ title }) => SHORT.has(title));

export const overviewPage: PageRow = {
  path: "/",
  current: "overview",
  async render(input) {
    const { views, account, frame, now } = input;
    const [settlements, pair, causes, payouts, forecasts, coverage, lines] = await Promise.all([
      listSettlements(views, { accountId: account, limit: LAST }),
      lastTwoMonths(input),
      listCauses(views, { accountId: account, limit: MOST_CAUSES }),
      payoutSums(views, { accountId: account }),
      listForecasts(views, { accountId: account }),
      coveragePanel(input, frame),
      listBankLines(views, { accountId: account, limit: 1 }),
    ]);
    const { translate } = frame;
    const { firstRun } = input.books;
    const begun = {
      account: frame.accounts.length > 0 || firstRun?.hasAccount() === true,
      settlements: settlements.items.length > 0,
      statement: lines.items.length > 0,
    };
    const stops = input.tour === "none" ? [] : await tourStops(input);
    return {
      title: translate("overview"),
      // What a sync brings is seen without a click, and without a script.
      ...(firstRun?.syncState().running === true ? { again: 4 } : {}),
      body: (
        <>
          <Tour stops={stops} shown={input.tour === "shown"} frame={frame} />
          <FirstSteps begun={begun} firstRun={firstRun} csrf={input.csrf} frame={frame} />
          {/* Before the first settlement there is nothing to answer: the steps stand alone. */}
          {firstRun !== undefined && frame.may("admin") && !begun.settlements ? null : (
            <>
              <Arrived pair={pair} frame={frame} />
              <div class="grid">
                <NeedsMe
                  causes={causes}
                  payouts={payouts}
                  compared={settlements.items.length > 0}
                  frame={frame}
                  now={now}
                />
                <Coming forecasts={forecasts} now={now} frame={frame} />
              </div>
              <section class="panel">
                <div class="row">
                  <h2>{translate("settlements")}</h2>
                  <a href={linkTo(frame, "/settlements")}>{translate("all")}</a>
                </div>
                <ListTableView
                  table={settlementsTable}
                  page={{ ...settlements, next: null }}
                  frame={frame}
                  query={() => undefined}
                  columns={columns}
                />
              </section>
              <details class="more">
                <summary>{translate("coverage by day")}</summary>
                {coverage}
              </details>
            </>
          )}
        </>
      ),
    };
  },
};
