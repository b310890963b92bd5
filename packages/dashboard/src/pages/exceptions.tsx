import { EXCEPTION_STATUSES } from "@amazon-pay-kit/ledger";
import { Choice } from "./controls/choice.tsx";
import { exceptionCountsTable } from "../tables/exception-counts.tsx";
import { exceptionsTable } from "../tables/exceptions.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { termsOf } from "../locales/terms.ts";
import { term } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

export const exceptionsPage: PageRow = {
  path: "/exceptions",
  current: "exceptions",
  async render(input) {
    const { query, account, frame } = input;
    const { translate, format } = frame;
    const [counts, page] = await Promise.all([
      exceptionCountsTable.fetch(input, {}),
      exceptionsTable.fetch(input, pageAsked(query)),
    ]);
    const codes = [...new Set(counts.items.map((count) => count.code))];
    return {
      title: translate("exceptions"),
      body: (
        <>
          {counts.items.length === 0 ? null : (
            <section class="panel">
              <ListTableView table={exceptionCountsTable} page={counts} frame={frame} query={() => undefined} />
            </section>
          )}
          <section class="panel">
            <form class="filters" method="get" action="/exceptions">
              {account === undefined ? null : <input type="hidden" name="account" value={account} />}
              <Choice
                frame={frame}
                label="column code"
                name="code"
                chosen={query("code")}
                options={codes.map((code) => [code, code])}
              />
              <Choice
                frame={frame}
                label="column state"
                name="status"
                chosen={query("status")}
                options={[
                  ["to-do", translate("column to do")],
                  ...EXCEPTION_STATUSES.map((status) => [status, term("exception", status, format.locale)] as const),
                ]}
              />
              <Choice
                frame={frame}
                label="column severity"
                name="severity"
                chosen={query("severity")}
                options={termsOf("severity").map((severity) => [severity, term("severity", severity, format.locale)])}
              />
              <label>
                {translate("column settlement")}
                <input name="settlement" value={query("settlement") ?? ""} />
              </label>
              <button type="submit">{translate("show")}</button>
            </form>
            <ListTableView table={exceptionsTable} page={page} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
