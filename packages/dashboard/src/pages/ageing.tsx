/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { AGE_GROUPS, type AgeGroup } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Columns } from "../charts/columns.tsx";
import { Legend } from "../charts/legend.tsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { ageGroupLink, ageGroupsTable } from "../tables/age-groups.tsx";
import { groupBy } from "@amazon-pay-kit/backports";
import { pageAsked } from "../tables/list-table.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { openItemsTable } from "../tables/open-items.tsx";
import { term } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

/** Younger money is calm, older money is not. */
const KINDS: Readonly<Record<string, string>> = { "16-30": "hold", "30+": "out" };

/** The heading above says which kind and currency it is. */
const columns = ageGroupsTable.columns.filter(({ title }) => title !== "column kind" && title !== "column currency");

/** All groups in their order, empty ones too: the place of a column says how old the money is. */
function everyGroup(list: readonly AgeGroup[]): readonly AgeGroup[] {
  const [first] = list;
  if (first === undefined) return [];
  return AGE_GROUPS.map(
    ({ name }) => list.find((bucket) => bucket.group === name) ?? { ...first, group: name, count: 0, amountMinor: 0n },
  );
}

/** What waits of one kind in one currency, drawn and in figures. */
const Waiting: FC<{ list: readonly AgeGroup[]; frame: Frame }> = ({ list, frame }) => {
  const { translate, format } = frame;
  const [{ kind, currency } = { kind: "", currency: "" }] = list;
  const name = translate("ageing heading", { kind: term("open item", kind, format.locale), currency });
  return (
    <section class="panel">
      <h2>{name}</h2>
      <Columns
        title={translate("chart ageing", { what: name })}
        bars={everyGroup(list).map((bucket) => {
          const text = format.money(bucket.amountMinor, currency);
          return {
            label: bucket.group.replace("-", "–"),
            href: ageGroupLink(frame, bucket),
            total: text,
            parts: [{ kind: KINDS[bucket.group] ?? "total", name, minor: bucket.amountMinor, text }],
          };
        })}
      />
      <Legend
        marks={[
          ["total", translate("legend young")],
          ["hold", translate("legend older")],
          ["out", translate("legend old")],
        ]}
      />
      <ListTableView
        table={ageGroupsTable}
        page={{ items: list, next: null }}
        frame={frame}
        query={(asked) => ({ kind, currency })[asked]}
        columns={columns}
      />
    </section>
  );
};

export const ageingPage: PageRow = {
  path: "/ageing",
  current: "ageing",
  async render(input) {
    const { query, frame, account } = input;
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
          <div class="grid">
            {[...groupBy(groups.items, (group) => `${group.kind} ${group.currency}`).values()].map((list) => (
              <Waiting list={list} frame={frame} />
            ))}
          </div>
          <section class="panel" id="items">
            <div class="row">
              <h2>{translate("items")}</h2>
              {filtered ? <a href={`${linkTo(frame, "/ageing")}#items`}>{translate("clear filters")}</a> : null}
            </div>
            <form class="filters" method="get" action="/ageing#items">
              {account === undefined ? null : <input type="hidden" name="account" value={account} />}
              <label>
                {translate("text search")}
                <input type="search" name="q" value={query("q") ?? ""} />
              </label>
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
                options={AGE_GROUPS.map(({ name }) => [name, translate("age days", { days: name.replace("-", "–") })])}
              />
              <button type="submit">{translate("show")}</button>
            </form>
            <ListTableView table={openItemsTable} page={items} frame={frame} query={query} totals={totals} />
          </section>
        </>
      ),
    };
  },
};
