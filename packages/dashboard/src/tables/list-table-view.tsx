import type { Page } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { DataTable } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { Money } from "../components/money.tsx";
import { LONG_PAGE, pathOf, type ListColumn, type ListTable, type Query, type Sums } from "./list-table.ts";

/** One page of a table with its links: next page, first page, CSV of all of it. */
export function ListTableView<Item>(props: {
  readonly table: ListTable<Item>;
  readonly page: Page<Item>;
  readonly frame: Frame;
  readonly query: Query;
  /** Which columns to show. Default: all of the table. */
  readonly columns?: readonly ListColumn<Item>[];
  /** Last lines with sums. */
  readonly sums?: readonly Child[];
  /** What all rows that the filters choose add up to; `null` where there are too many. */
  readonly totals?: readonly Sums[] | null | undefined;
  /** Marks a row among its neighbours. */
  readonly marked?: (item: Item) => boolean;
}): ReturnType<FC> {
  const { table, page, frame, query } = props;
  const { translate } = frame;
  const chosen = Object.fromEntries(table.filters.map((name) => [name, query(name)]));
  // What chooses a page is no filter: the file has all of them.
  const paged = { ...chosen, rows: query("rows") };
  const filtered = table.filters.some((name) => query(name) !== undefined);
  const path = pathOf(table.path, query);
  const caption = table.caption(translate, query, frame);
  return (
    <div class="listing">
      {page.items.length === 0 ? (
        <p class="empty">
          {filtered ? (
            <>
              {translate("no match")} <a href={linkTo(frame, path)}>{translate("clear filters")}</a>
            </>
          ) : (
            translate(table.empty)
          )}
        </p>
      ) : (
        <DataTable
          caption={caption}
          cards={table.cards === true}
          rows={page.items}
          columns={(props.columns ?? table.columns).map((column) => ({
            title: translate(column.title),
            numeric: column.numeric === true,
            cell: (item: Item) => column.cell(item, frame),
          }))}
          sums={
            props.sums === undefined ? totalLines(props.columns ?? table.columns, props.totals, frame) : [props.sums]
          }
          marked={props.marked}
        />
      )}
      {props.totals === null && page.items.length > 0 ? <p class="soft small">{translate("too many to sum")}</p> : null}
      <div class="pager">
        {query("cursor") === undefined ? null : <a href={linkTo(frame, path, paged)}>{translate("first")}</a>}
        {page.next === null || query("rows") !== undefined ? null : (
          <a href={linkTo(frame, path, { ...chosen, rows: String(LONG_PAGE) })}>
            {translate("long page", { count: frame.format.count(LONG_PAGE) })}
          </a>
        )}
        {page.next === null ? null : (
          <a rel="next" href={linkTo(frame, path, { ...paged, cursor: page.next })}>
            {translate("next")}
          </a>
        )}
        {page.items.length === 0 ? null : <CsvLink table={table} frame={frame} query={query} />}
      </div>
    </div>
  );
}

/** A line a currency: how many rows, and each sum in its column. */
function totalLines<Item>(
  columns: readonly ListColumn<Item>[],
  totals: readonly Sums[] | null | undefined,
  frame: Frame,
): readonly (readonly Child[])[] {
  return (totals ?? []).map(({ currency, rows, minor }) =>
    columns.map(({ title }, index) => {
      const sum = minor[title];
      if (index === 0) return frame.translate("sum of", { count: rows });
      if (title === "column currency") return currency;
      return sum === undefined ? "" : <Money format={frame.format} minor={sum} currency={currency} bare />;
    }),
  );
}

/** The link to the file of a table, also for a chart that draws the same rows. */
export function CsvLink<Item>(props: {
  readonly table: Pick<ListTable<Item>, "file" | "filters" | "caption">;
  readonly frame: Frame;
  readonly query: Query;
}): ReturnType<FC> {
  const { table, frame, query } = props;
  const chosen = Object.fromEntries(table.filters.map((name) => [name, query(name)]));
  return (
    <a
      class="csv"
      href={linkTo(frame, pathOf(table.file, query), chosen)}
      aria-label={frame.translate("csv of", { what: table.caption(frame.translate, query, frame) })}
    >
      {frame.translate("csv")}
    </a>
  );
}
