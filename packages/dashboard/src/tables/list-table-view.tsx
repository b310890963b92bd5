import type { Page } from "@amazon-pay-kit/ledger";
import type { FC } from "hono/jsx";
import { DataTable } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { word } from "../layout/words.ts";
import type { ListTable, Query } from "./list-table.ts";

/** One page of a list with its links: next page, first page, CSV of all of it. */
export function ListTableView<Item>(props: {
  readonly table: ListTable<Item>;
  readonly page: Page<Item>;
  readonly frame: Frame;
  readonly query: Query;
}): ReturnType<FC> {
  const { table, page, frame, query } = props;
  const { locale } = frame.format;
  const chosen = Object.fromEntries(table.filters.map((name) => [name, query(name)]));
  return (
    <>
      <DataTable
        caption={table.caption}
        rows={page.items}
        empty={word("none", locale)}
        columns={table.columns.map((column) => ({
          title: column.title,
          numeric: column.numeric === true,
          cell: (item: Item) => column.cell(item, frame),
        }))}
      />
      <div class="pager">
        {query("cursor") === undefined ? null : <a href={linkTo(frame, table.path, chosen)}>{word("first", locale)}</a>}
        {page.next === null ? null : (
          <a rel="next" href={linkTo(frame, table.path, { ...chosen, cursor: page.next })}>
            {word("next", locale)}
          </a>
        )}
        {page.items.length === 0 ? null : (
          <a href={linkTo(frame, `${table.path}.csv`, chosen)}>{word("csv", locale)}</a>
        )}
      </div>
    </>
  );
}
