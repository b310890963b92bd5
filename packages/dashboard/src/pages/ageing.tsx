import { groupBy } from "../tables/group-by.ts";
import { ageing, AGE_GROUPS, type AgeGroup } from "@amazon-pay-kit/ledger";
import { Columns } from "../charts/columns.tsx";
import { DataTable } from "../components/data-table.tsx";
import { Money } from "../components/money.tsx";
import { linkTo } from "../layout/page.tsx";
import { ListTableView } from "../tables/list-table-view.tsx";
import { openItemsTable } from "../tables/open-items.tsx";
import { word } from "../layout/words.ts";
import type { PageRow } from "./page-row.ts";

/** Younger money is calm, older money is not. */
const KINDS: Readonly<Record<string, string>> = { "16-30": "hold", "30+": "out" };

/** All groups in their order, empty ones too: the place of a column says how old the money is. */
function everyGroup(list: readonly AgeGroup[]): readonly AgeGroup[] {
  const [first] = list;
  if (first === undefined) return [];
  return AGE_GROUPS.map(
    ({ name }) => list.find((bucket) => bucket.group === name) ?? { ...first, group: name, count: 0, amountMinor: 0n },
  );
}

export const ageingPage: PageRow = {
  path: "/ageing",
  current: "ageing",
  async render({ views, query, account, frame, now }) {
    const table = openItemsTable(now);
    const [buckets, items] = await Promise.all([
      ageing(views, { accountId: account, now }),
      table.fetch(views, query, account, { cursor: query("cursor") }),
    ]);
    const filtered = table.filters.some((name) => query(name) !== undefined);
    const { format } = frame;
    const groups = [...groupBy(buckets, (bucket) => `${bucket.kind} ${bucket.currency}`)].sort(([left], [right]) =>
      left.localeCompare(right),
    );
    return {
      title: word("ageing", format.locale),
      body: (
        <>
          <p class="soft">
            Charges and refunds of your own records that are in no settlement yet, by their age in days.
          </p>
          {groups.length === 0 ? <p class="empty">{word("none", format.locale)}</p> : null}
          <div class="grid">
            {groups.map(([name, list]) => {
              const ordered = AGE_GROUPS.flatMap(({ name: age }) => list.filter((bucket) => bucket.group === age));
              const href = (bucket: AgeGroup): string =>
                `${linkTo(frame, "/ageing", { kind: bucket.kind, currency: bucket.currency, age: bucket.group })}#items`;
              return (
                <section class="panel">
                  <h2>{name}</h2>
                  <Columns
                    title={`Unsettled ${name} by age`}
                    bars={everyGroup(list).map((bucket) => ({
                      label: bucket.group,
                      href: href(bucket),
                      parts: [
                        {
                          kind: KINDS[bucket.group] ?? "total",
                          name,
                          minor: bucket.amountMinor,
                          text: format.money(bucket.amountMinor, bucket.currency),
                        },
                      ],
                    }))}
                  />
                  <DataTable
                    caption="By age in days"
                    rows={ordered}
                    empty={word("none", format.locale)}
                    columns={[
                      { title: "Days", cell: (bucket) => bucket.group },
                      { title: "Count", numeric: true, cell: (bucket) => format.count(bucket.count) },
                      {
                        title: "Amount",
                        numeric: true,
                        cell: (bucket) => (
                          <Money
                            format={format}
                            minor={bucket.amountMinor}
                            currency={bucket.currency}
                            href={href(bucket)}
                          />
                        ),
                      },
                    ]}
                  />
                </section>
              );
            })}
          </div>
          <section class="panel" id="items">
            <div class="row">
              <h2>Items</h2>
              {filtered ? <a href={`${linkTo(frame, "/ageing")}#items`}>all</a> : null}
            </div>
            <ListTableView table={table} page={items} frame={frame} query={query} />
          </section>
        </>
      ),
    };
  },
};
