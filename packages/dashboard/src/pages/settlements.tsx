/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { Months, Period } from "./controls/period.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementsTable } from "../tables/settlements.tsx";
import { termsOf } from "../locales/terms.ts";
import { term } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

export const settlementsPage: PageRow = {
  path: "/settlements",
  current: "settlements",
  async render(input) {
    const { query, frame } = input;
    const { translate, format } = frame;
    const [page, totals] = await Promise.all([
      settlementsTable.fetch(input, pageAsked(query)),
      settlementsTable.sums?.(input),
    ]);
    return {
      title: translate("settlements"),
      body: (
        <section class="panel">
          <FilterForm frame={frame} query={query} action="/settlements">
            <Period frame={frame} query={query} />
            <CurrencyChoice frame={frame} query={query} />
            <Choice
              frame={frame}
              label="column verdict"
              name="status"
              chosen={query("status")}
              options={termsOf("settlement").map((status) => [status, term("settlement", status, format.locale)])}
            />
          </FilterForm>
          <Months frame={frame} query={query} path="/settlements" filters={settlementsTable.filters} now={input.now} />
          <ListTableView table={settlementsTable} page={page} frame={frame} query={query} totals={totals} />
        </section>
      ),
    };
  },
};
