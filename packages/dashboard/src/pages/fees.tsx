/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { feesOverTime, type FeePoint } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { Columns } from "../charts/columns.tsx";
import { Legend } from "../charts/legend.tsx";
import { Months, Period } from "./controls/period.tsx";
import { CurrencyChoice } from "./controls/choice.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { daysOf, feesByTypeTable, type TypeFeesOfDays } from "../tables/fees-by-type.tsx";
import { feesTable } from "../tables/fees.tsx";
import { periodOf } from "../tables/period.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import type { ListTable, Query } from "../tables/list-table.ts";
import type { PageRow } from "./page-row.ts";

/** Bars of the chart: daily settlements of a year. */
const MOST_BARS = 370;
const MOST_ROWS = 60;

/** The currencies of the points and types, in alphabetical order. */
function currenciesOf(...all: readonly (readonly { readonly currency: string }[])[]): readonly string[] {
  return [...new Set(all.flat().map(({ currency }) => currency))].sort();
}

/** The fees in one currency, drawn and in figures. */
const Fees: FC<{
  currency: string;
  list: readonly FeePoint[];
  types: readonly TypeFeesOfDays[];
  frame: Frame;
  query: Query;
}> = ({ currency, list, types, frame, query }) => {
  const { translate, format } = frame;
  const total = (key: "activityMinor" | "feesMinor" | "differenceMinor" | "leakMinor"): bigint =>
    list.reduce((sum, point) => sum + point[key], 0n);
  const sum = (key: Parameters<typeof total>[0]): Child => (
    <Money
      format={format}
      minor={total(key)}
      currency={currency}
      href={linkTo(frame, "/settlements", { currency, ...daysOf(query) })}
      bare
    />
  );
  // The heading names the currency. Without a choice of account, each row must say whose it is.
  const columnsOf = <Item,>(table: ListTable<Item>) =>
    table.columns.filter(({ title }) => title !== "column currency" && (title !== "account" || frame.account === null));
  const asked = (name: string): string | undefined => (name === "currency" ? currency : query(name));
  const typeSum = (key: "amountMinor" | "percentageMinor" | "fixedMinor" | "feeMinor" | "differenceMinor"): Child => (
    <Money
      format={format}
      minor={types.reduce((all, one) => all + one[key], 0n)}
      currency={currency}
      href={linkTo(frame, "/transactions", { currency, ...daysOf(query) })}
      bare
    />
  );
  const typeSums = [
    translate("sum"),
    format.count(types.reduce((all, one) => all + one.rows, 0)),
    typeSum("amountMinor"),
    typeSum("percentageMinor"),
    typeSum("fixedMinor"),
    typeSum("feeMinor"),
    typeSum("differenceMinor"),
    "",
    ...(frame.account === null ? [""] : []),
  ];
  const shown = list.toReversed().slice(0, MOST_ROWS);
  const sums = [
    translate("sum"),
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
      {list.length === 0 ? null : (
        <>
          <Columns
            title={translate("chart fees", { currency })}
            bars={list.slice(-MOST_BARS).map((point) => ({
              label: format.shortDay(point.endAt),
              href: settlementLink(frame, point),
              total: format.money(point.feesMinor, currency),
              parts: [
                {
                  kind: "total",
                  name: translate("part expected"),
                  minor: point.feesMinor - point.differenceMinor,
                  text: format.money(point.feesMinor - point.differenceMinor, currency),
                },
                {
                  kind: "out",
                  name: translate("part unexpected"),
                  minor: point.differenceMinor,
                  text: format.money(point.differenceMinor, currency),
                },
              ],
            }))}
          />
          <Legend
            marks={[
              ["total", translate("legend fee expected")],
              ["out", translate("legend fee unexpected")],
            ]}
          />
        </>
      )}
      <ListTableView
        table={feesByTypeTable}
        page={{ items: types, next: null }}
        frame={frame}
        query={asked}
        columns={columnsOf(feesByTypeTable)}
        sums={typeSums}
      />
      {shown.length === list.length ? null : (
        <p class="small soft">
          {translate("fees newest of", { shown: format.count(shown.length), count: format.count(list.length) })}
        </p>
      )}
      {list.length === 0 ? null : (
        <ListTableView
          table={feesTable}
          page={{ items: shown, next: null }}
          frame={frame}
          query={asked}
          columns={columnsOf(feesTable)}
          sums={sums}
        />
      )}
    </section>
  );
};

export const feesPage: PageRow = {
  path: "/fees",
  current: "fees",
  async render(input) {
    const { views, account, frame, query, now } = input;
    const points = await feesOverTime(views, {
      ...periodOf(input),
      accountId: account,
      currency: query("currency"),
    });
    const types = await feesByTypeTable.fetch(input, {});
    const currencies = currenciesOf(points, types.items);
    return {
      title: frame.translate("fees"),
      body: (
        <>
          <form class="filters" method="get" action="/fees">
            {account === undefined ? null : <input type="hidden" name="account" value={account} />}
            <Period frame={frame} query={query} />
            <CurrencyChoice frame={frame} query={query} />
            <button type="submit">{frame.translate("show")}</button>
          </form>
          <Months frame={frame} query={query} path="/fees" filters={feesTable.filters} now={now} />
          {currencies.length > 0 ? null : feesTable.filters.some((name) => query(name) !== undefined) ? (
            <p class="empty">
              {frame.translate("no match")} <a href={linkTo(frame, "/fees")}>{frame.translate("clear filters")}</a>
            </p>
          ) : (
            <p class="empty">{frame.translate("no fees")}</p>
          )}
          {currencies.map((currency) => (
            <Fees
              currency={currency}
              list={points.filter((one) => one.currency === currency)}
              types={types.items.filter((one) => one.currency === currency)}
              frame={frame}
              query={query}
            />
          ))}
        </>
      ),
    };
  },
};
