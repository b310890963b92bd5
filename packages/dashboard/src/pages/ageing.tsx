/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { AGE_GROUPS, type AgeGroup } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { Legend } from "../charts/legend.tsx";
import { DataTable } from "../components/data-table.tsx";
import { Money } from "../components/money.tsx";
import { Choice, CurrencyChoice } from "./controls/choice.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { ageGroupLink, ageGroupsTable } from "../tables/age-groups.tsx";
import { groupBy } from "@amazon-pay-kit/backports";
import { pageAsked } from "../tables/list-table.ts";
import { CsvLink, ListTableView } from "../tables/list-table-view.tsx";
import { openItemsTable } from "../tables/open-items.tsx";
import { term } from "../locales/texts.ts";
import type { PageRow } from "./page-row.ts";

/** Younger money is calm, older money is not. */
const KINDS: Readonly<Record<string, string>> = { "16-30": "hold", "30+": "wrong" };

const WIDTH = 160;

/** What waits of one kind in one currency, in its groups. */
interface Waiting {
  readonly kind: string;
  readonly currency: string;
  readonly groups: readonly AgeGroup[];
}

function totalOf({ groups }: Waiting): bigint {
  return groups.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

/** How the money of a row is spread over its ages: one bar, young to old. */
const AgeBar: FC<{ waiting: Waiting; name: string; frame: Frame }> = ({ waiting, name, frame }) => {
  const total = totalOf(waiting);
  const parts = waiting.groups.map((group) => ({
    group,
    width: total === 0n ? 0 : Number((group.amountMinor * 1000n) / total) * (WIDTH / 1000),
  }));
  return (
    <svg
      class="chart pair"
      viewBox={`0 0 ${WIDTH} 12`}
      role="group"
      aria-label={frame.translate("chart ageing", { what: name })}
    >
      {parts.map(({ group, width }, index) => (
        <a
          href={ageGroupLink(frame, group)}
          aria-label={`${ageText(group.group, frame)}: ${frame.format.money(group.amountMinor, group.currency)}`}
        >
          <rect
            class={KINDS[group.group] ?? "total"}
            x={parts.slice(0, index).reduce((sum, part) => sum + part.width, 0)}
            y="2"
            width={width}
            height="10"
          >
            <title>{`${ageText(group.group, frame)}: ${frame.format.money(group.amountMinor, group.currency)}`}</title>
          </rect>
        </a>
      ))}
    </svg>
  );
};

function ageText(group: string, frame: Frame): string {
  return frame.translate("age days", { days: group.replace("-", "–") });
}

/** Everything that waits: a row a kind and currency, a column an age. */
const Groups: FC<{ list: readonly AgeGroup[]; frame: Frame }> = ({ list, frame }) => {
  const { translate, format } = frame;
  const rows = [...groupBy(list, ({ kind, currency }) => `${kind} ${currency}`).values()].map((groups): Waiting => ({
    kind: groups[0]?.kind ?? "",
    currency: groups[0]?.currency ?? "",
    groups,
  }));
  const nameOf = ({ kind, currency }: Waiting): string =>
    translate("ageing heading", { kind: term("open item", kind, format.locale), currency });
  return (
    <section class="panel">
      <h2>{translate("by age")}</h2>
      <DataTable
        caption={translate("ageing caption")}
        rows={rows}
        columns={[
          {
            title: translate("column kind"),
            place: "key",
            cell: (row: Waiting) => (
              <>
                {nameOf(row)}
                <AgeBar waiting={row} name={nameOf(row)} frame={frame} />
              </>
            ),
          },
          ...AGE_GROUPS.map(({ name }) => ({
            title: ageText(name, frame),
            numeric: true,
            cell: ({ groups }: Waiting) => {
              const group = groups.find((one) => one.group === name);
              return group === undefined ? (
                ""
              ) : (
                <Money
                  format={format}
                  minor={group.amountMinor}
                  currency={group.currency}
                  href={ageGroupLink(frame, group)}
                />
              );
            },
          })),
          {
            title: translate("column count"),
            numeric: true,
            cell: ({ groups }) => format.count(groups.reduce((sum, { count }) => sum + count, 0)),
          },
          {
            title: translate("sum"),
            numeric: true,
            place: "lead",
            cell: (row) => <Money format={format} minor={totalOf(row)} currency={row.currency} />,
          },
        ]}
      />
      <Legend
        marks={[
          ["total", translate("legend young")],
          ["hold", translate("legend older")],
          ["wrong", translate("legend old")],
        ]}
      >
        <CsvLink table={ageGroupsTable} frame={frame} query={() => undefined} />
      </Legend>
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
          {groups.items.length === 0 ? null : <Groups list={groups.items} frame={frame} />}
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
