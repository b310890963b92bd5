import type { Page } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { DataTable } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { pathOf, type ListColumn, type ListTable, type Query } from "./list-table.ts";

/** One page of a table with its links: next page, first page, CSV of all of it. */
export function ListTableView<Item>(props: {
  readonly table: ListTable<Item>;
  readonly page: Page<Item>;
  readonly frame: Frame;
  readonly query: Query;
  /** Which columns to show. Default: all of the table. */
  readonly columns?: readonly ListColumn<Item>[];
  /** A last line with sums. */
  readonly sums?: readonly Child[];
  /** Marks a row among its neighbours. */
  readonly marked?: (item: Item) => boolean;
}): ReturnType<FC> {
  const { table, page, frame, query } = props;
  const { say } = frame;
  const chosen = Object.fromEntries(table.filters.map((name) => [name, query(name)]));
  const filtered = table.filters.some((name) => query(name) !== undefined);
  const path = pathOf(table.path, query);
  const caption = table.caption(say, query, frame);
  return (
    <div class="listing">
      {page.items.length === 0 ? (
        <p class="empty">
          {filtered ? (
            <>
              {say("no match")} <a href={linkTo(frame, path)}>{say("clear filters")}</a>
            </>
          ) : (
            say(table.empty)
          )}
        </p>
      ) : (
        <DataTable
          caption={caption}
          cards={table.cards === true}
          rows={page.items}
          columns={(props.columns ?? table.columns).map((column) => ({
            title: say(column.title),
            numeric: column.numeric === true,
            cell: (item: Item) => column.cell(item, frame),
          }))}
          sums={props.sums}
          marked={props.marked}
        />
      )}
      <div class="pager">
        {query("cursor") === undefined ? null : <a href={linkTo(frame, path, chosen)}>{say("first")}</a>}
        {page.next === null ? null : (
          <a rel="next" href={linkTo(frame, path, { ...chosen, cursor: page.next })}>
            {say("next")}
          </a>
        )}
        {page.items.length === 0 ? null : <CsvLink table={table} frame={frame} query={query} />}
      </div>
    </div>
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
      aria-label={frame.say("csv of", { what: table.caption(frame.say, query, frame) })}
    >
      {frame.say("csv")}
    </a>
  );
}
