import { groupBy } from "../tables/group-by.ts";
import { feesOverTime, type FeePoint } from "@amazon-pay-kit/ledger";
import { Columns } from "../charts/columns.tsx";
import { DataTable } from "../components/data-table.tsx";
import { Money } from "../components/money.tsx";
import { word } from "../layout/words.ts";
import { linkTo } from "../layout/page.tsx";
import { feesTable } from "../tables/fees.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import type { PageRow } from "./page-row.ts";

const DAY = 86_400_000;
const SHOWN_DAYS = 370;
/** Of the table: each currency has a part of its own, and the account is chosen above. */
const shown = feesTable.columns.filter(({ title }) => title !== "Currency" && title !== "Account");

/** Points by currency, in alphabetical order. */
function byCurrency(points: readonly FeePoint[]): readonly (readonly [string, readonly FeePoint[]])[] {
  return [...groupBy(points, (point) => point.currency)].sort(([left], [right]) => left.localeCompare(right));
}

export const feesPage: PageRow = {
  path: "/fees",
  current: "fees",
  async render({ views, account, frame, now }) {
    const points = await feesOverTime(views, { accountId: account, sinceAt: now - SHOWN_DAYS * DAY });
    const { format } = frame;
    const sum = (
      list: readonly FeePoint[],
      key: "activityMinor" | "feesMinor" | "differenceMinor" | "leakMinor",
    ): bigint => list.reduce((total, point) => total + point[key], 0n);
    return {
      title: word("fees", format.locale),
      body: (
        <>
          {points.length === 0 ? <p class="empty">{word("none", format.locale)}</p> : null}
          {byCurrency(points).map(([currency, list]) => (
            <section class="panel">
              <h2>{currency}</h2>
              <Columns
                title={`Fees of each settlement in ${currency}`}
                bars={list.map((point) => ({
                  label: format.shortDay(point.endAt),
                  href: settlementLink(frame, point),
                  parts: [
                    {
                      kind: "total",
                      name: "as expected",
                      minor: point.feesMinor - point.differenceMinor,
                      text: format.money(point.feesMinor - point.differenceMinor, currency),
                    },
                    {
                      kind: "out",
                      name: "unexpected",
                      minor: point.differenceMinor,
                      text: format.money(point.differenceMinor, currency),
                    },
                  ],
                }))}
              />
              <ul class="legend">
                <li>
                  <i class="total" />
                  fees as expected, or not audited
                </li>
                <li>
                  <i class="out" />
                  difference to the expected fee
                </li>
              </ul>
              <DataTable
                caption={feesTable.caption}
                rows={list.toReversed().slice(0, 60)}
                empty={word("none", format.locale)}
                columns={shown.map((column) => ({
                  title: column.title,
                  numeric: column.numeric === true,
                  cell: (point: FeePoint) => column.cell(point, frame),
                }))}
                sums={[
                  "Sum",
                  "",
                  <Money format={format} minor={sum(list, "activityMinor")} currency={currency} bare />,
                  <Money format={format} minor={sum(list, "feesMinor")} currency={currency} bare />,
                  "",
                  <Money format={format} minor={sum(list, "differenceMinor")} currency={currency} bare />,
                  <Money format={format} minor={sum(list, "leakMinor")} currency={currency} bare />,
                  format.percent(-sum(list, "feesMinor"), sum(list, "activityMinor")),
                ]}
              />
              <div class="pager">
                <a href={linkTo(frame, "/fees.csv", { currency })}>{word("csv", format.locale)}</a>
              </div>
            </section>
          ))}
        </>
      ),
    };
  },
};
