/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { feesOverTime, type FeePoint, type FeeSum, sumFeesOverTime } from "@amazon-pay-kit/ledger";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Child, FC } from "hono/jsx";
import { Columns } from "../charts/columns.tsx";
import { Legend } from "../charts/legend.tsx";
import { Months, Period } from "./controls/period.tsx";
import { FilterForm } from "./controls/filter-form.tsx";
import { CurrencyChoice } from "./controls/choice.tsx";
import { Money } from "../components/money.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { daysOf, feesByTypeTable, type TypeFeesOfDays } from "../tables/fees-by-type.tsx";
import { feesTable } from "../tables/fees.tsx";
import { monthNamed, periodOf } from "../tables/period.ts";
import { ListTableView } from "../tables/list-table-view.tsx";
import { settlementLink } from "../tables/settlements.tsx";
import type { ListTable, Query } from "../tables/list-table.ts";
import type { PageRow } from "./page-row.ts";

/**
 * Columns of all charts of the page, and settlements of all its lists: currencies share them, so that the page is no larger with
 * many of them. Of more settlements than columns, months are drawn.
 */
const MOST_BARS = 96;
const MOST_ROWS = 48;
const shareOf = (all: number, currencies: number): number => Math.min(60, Math.max(6, Math.floor(all / currencies)));

/** What is drawn of a settlement or of a month. */
interface FeeBar {
  readonly label: string;
  readonly href: string;
  readonly feesMinor: bigint;
  readonly differenceMinor: bigint;
}

/** The newest months as columns, oldest first. */
function monthBars(sums: readonly FeeSum[], currency: string, frame: Frame, most: number): readonly FeeBar[] {
  const months = groupBy(sums, ({ endAt }) => frame.calendar.dayOf(endAt).slice(0, 7));
  return [...months].slice(-most).map(([month, own]) => {
    const days = monthNamed(month);
    return {
      label: frame.format.month(days.from),
      href: linkTo(frame, "/settlements", { currency, ...days }),
      feesMinor: own.reduce((sum, one) => sum + one.feesMinor, 0n),
      differenceMinor: own.reduce((sum, one) => sum + one.differenceMinor, 0n),
    };
  });
}

/** The currencies of the points and types, in alphabetical order. */
function currenciesOf(...all: readonly (readonly { readonly currency: string }[])[]): readonly string[] {
  return [...new Set(all.flat().map(({ currency }) => currency))].sort();
}

/** The fees in one currency, drawn and in figures. */
const Fees: FC<{
  currency: string;
  /** The newest of them, oldest first: as many as there are columns. */
  list: readonly FeePoint[];
  /** All that there are, by the moment at which they ended. */
  sums: readonly FeeSum[];
  most: { readonly bars: number; readonly rows: number };
  types: readonly TypeFeesOfDays[];
  frame: Frame;
  query: Query;
}> = ({ currency, list, sums: all, most, types, frame, query }) => {
  const { translate, format } = frame;
  const total = (key: "activityMinor" | "feesMinor" | "differenceMinor" | "leakMinor"): bigint =>
    all.reduce((sum, point) => sum + point[key], 0n);
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
  const shown = list.toReversed().slice(0, most.rows);
  const count = all.reduce((sum, one) => sum + one.settlements, 0);
  const bars: readonly FeeBar[] =
    count > list.length
      ? monthBars(all, currency, frame, most.bars)
      : list.map((point) => ({
          label: format.shortDay(point.endAt),
          href: settlementLink(frame, point),
          feesMinor: point.feesMinor,
          differenceMinor: point.differenceMinor,
        }));
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
            tick={(minor) => format.money(minor, currency)}
            bars={bars.map((point) => ({
              label: point.label,
              href: point.href,
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
        page={{ items: types.slice(0, most.rows), next: null }}
        frame={frame}
        query={asked}
        columns={columnsOf(feesByTypeTable)}
        sums={typeSums}
        below={
          types.length <= most.rows ? null : (
            <p class="small soft some-of">
              {translate("fees some of", { shown: format.count(most.rows), count: format.count(types.length) })}
            </p>
          )
        }
      />
      {list.length === 0 ? null : (
        <ListTableView
          table={feesTable}
          page={{ items: shown, next: null }}
          frame={frame}
          query={asked}
          columns={columnsOf(feesTable)}
          sums={sums}
          below={
            shown.length === count ? null : (
              <p class="small soft some-of">
                {translate("fees newest of", { shown: format.count(shown.length), count: format.count(count) })}
              </p>
            )
          }
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
    const asked = { ...periodOf(input), accountId: account };
    const sums = await sumFeesOverTime(views, { ...asked, currency: query("currency") });
    const types = await feesByTypeTable.fetch(input, {});
    const currencies = currenciesOf(sums, types.items);
    const shared = Math.max(1, currencies.length);
    const most = { bars: shareOf(MOST_BARS, shared), rows: shareOf(MOST_ROWS, shared) };
    const lists = new Map<string, readonly FeePoint[]>();
    for (const currency of currencies)
      lists.set(currency, await feesOverTime(views, { ...asked, currency, limit: most.bars }));
    return {
      title: frame.translate("fees"),
      body: (
        <>
          <FilterForm frame={frame} query={query} action="/fees">
            <Period frame={frame} query={query} />
            <CurrencyChoice frame={frame} query={query} />
          </FilterForm>
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
              list={lists.get(currency) ?? []}
              most={most}
              sums={sums.filter((one) => one.currency === currency)}
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
