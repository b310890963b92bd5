import { feesOverTime, type FeePoint } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { Columns } from "../charts/columns.tsx";
import { Legend } from "../charts/legend.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { feesTable } from "../tables/fees.tsx";
import { groupBy } from "../tables/group-by.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import type { PageRow } from "./page-row.ts";
import { DAY } from "../locale/day.ts";

const SHOWN_DAYS = 370;
const MOST_ROWS = 60;

/** Points by currency, in alphabetical order. */
function byCurrency(points: readonly FeePoint[]): readonly (readonly [string, readonly FeePoint[]])[] {
  return [...groupBy(points, (point) => point.currency)].sort(([left], [right]) => left.localeCompare(right));
}

/** The fees in one currency, drawn and in figures. */
const Fees: FC<{ currency: string; list: readonly FeePoint[]; frame: Frame }> = ({ currency, list, frame }) => {
  const { say, format } = frame;
  const total = (key: "activityMinor" | "feesMinor" | "differenceMinor" | "leakMinor"): bigint =>
    list.reduce((sum, point) => sum + point[key], 0n);
  const sum = (key: Parameters<typeof total>[0]): Child => (
    <Money
      format={format}
      minor={total(key)}
      currency={currency}
      href={linkTo(frame, "/settlements", { currency })}
      bare
    />
  );
  // The heading names the currency. Without a choice of account, each row must say whose it is.
  const columns = feesTable.columns.filter(
    ({ title }) => title !== "column currency" && (title !== "account" || frame.account === null),
  );
  const shown = list.toReversed().slice(0, MOST_ROWS);
  const sums = [
    say("sum"),
    "",
    sum("activityMinor"),
    sum("feesMinor"),
    "",
    sum("differenceMinor"),
    sum("leakMinor"),
    format.percent(-total("feesMinor"), total("activityMinor")),
    ...(frame.account === null ? [""] : []),
  ];
  return (
    <section class="panel">
      <h2>{currency}</h2>
      <Columns
        title={say("chart fees", { currency })}
        bars={list.map((point) => ({
          label: format.shortDay(point.endAt),
          href: settlementLink(frame, point),
          total: format.money(point.feesMinor, currency),
          parts: [
            {
              kind: "total",
              name: say("part expected"),
              minor: point.feesMinor - point.differenceMinor,
              text: format.money(point.feesMinor - point.differenceMinor, currency),
            },
            {
              kind: "out",
              name: say("part unexpected"),
              minor: point.differenceMinor,
              text: format.money(point.differenceMinor, currency),
            },
          ],
        }))}
      />
      <Legend
        marks={[
          ["total", say("legend fee expected")],
          ["out", say("legend fee unexpected")],
        ]}
      />
      {shown.length === list.length ? null : (
        <p class="small soft">
          {say("fees newest of", { shown: format.count(shown.length), count: format.count(list.length) })}
        </p>
      )}
      <ListTableView
        table={feesTable}
        page={{ items: shown, next: null }}
        frame={frame}
        query={(name) => (name === "currency" ? currency : undefined)}
        columns={columns}
        sums={sums}
      />
    </section>
  );
};

export const feesPage: PageRow = {
  path: "/fees",
  current: "fees",
  async render({ views, account, frame, now }) {
    const points = await feesOverTime(views, { accountId: account, sinceAt: now - SHOWN_DAYS * DAY });
    return {
      title: frame.say("fees"),
      body: (
        <>
          {points.length === 0 ? <p class="empty">{frame.say("no fees")}</p> : null}
          {byCurrency(points).map(([currency, list]) => (
            <Fees currency={currency} list={list} frame={frame} />
          ))}
        </>
      ),
    };
  },
};
