/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { AGE_GROUPS } from "@amazon-pay-kit/ledger";
import { Legend } from "../charts/legend.tsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { linkTo } from "../layout/page.tsx";
import { ageGroupsTable } from "../tables/age-groups.tsx";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { openItemsTable } from "../tables/open-items.tsx";
import { term } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

export const ageingPage: PageRow = {
  path: "/ageing",
  current: "ageing",
  async render(input) {
    const { query, frame } = input;
    const { translate, format } = frame;
    const [groups, items, totals] = await Promise.all([
      // The filters of the page choose items; the groups are always all there.
      ageGroupsTable.fetch({ ...input, query: () => undefined }, {}),
      openItemsTable.fetch(input, pageAsked(query)),
      openItemsTable.sums?.(input),
    ]);
    const filtered = openItemsTable.filters.some((name) => query(name) !== undefined);
    return {
      title: translate("ageing"),
      body: (
        <>
          <p class="soft">{translate("ageing intro")}</p>
          {groups.items.length === 0 ? null : (
            <section class="panel">
              <ListTableView
                table={ageGroupsTable}
                page={groups}
                frame={frame}
                query={() => undefined}
                columns={ageGroupsTable.columns.filter(({ title }) => title !== "column currency")}
              />
              <Legend
                marks={[
                  ["total", translate("legend young")],
                  ["hold", translate("legend older")],
                  ["wrong", translate("legend old")],
                ]}
              />
            </section>
          )}
          <section class="panel" id="items">
            <div class="row">
              <h2>{translate("items")}</h2>
              {filtered ? <a href={`${linkTo(frame, "/ageing")}#items`}>{translate("clear filters")}</a> : null}
            </div>
            <FilterForm frame={frame} query={query} action="/ageing#items" search="text search">
              <Choice
                frame={frame}
                label="column kind"
                name="kind"
                chosen={query("kind")}
                options={["charge", "refund"].map((kind) => [kind, term("open item", kind, format.locale)])}
              />
              <CurrencyChoice frame={frame} query={query} />
              <Choice
                frame={frame}
                label="column age"
                name="age"
                chosen={query("age")}
                options={AGE_GROUPS.map(({ name }) => [name, translate(`age ${name}`)])}
              />
            </FilterForm>
            <ListTableView table={openItemsTable} page={items} frame={frame} query={query} totals={totals} />
          </section>
        </>
      ),
    };
  },
};
