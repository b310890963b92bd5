/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Page } from "@amazon-pay-kit/ledger";
import type { Child, FC } from "hono/jsx";
import { DataTable } from "../components/data-table.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import { Money } from "../components/money.tsx";
import type { PlainText } from "../locales/texts.ts";
import { LONG_PAGE, pathOf, type ListColumn, type ListTable, type Query, type Sums } from "./list-table.ts";

/** The money that the card of a row begins with on a phone: the first of these that the table has. */
const LEADS = ["column amount", "column transfer", "column fees", "column expected"] as const satisfies PlainText[];

/** What a card on a phone has no place for; the page of the row has it. */
const SPARE: ReadonlySet<PlainText> = new Set([
  "column hash",
  "column transaction",
  "column reference",
  "column source",
  "column seller",
  "column data from",
  "column percentage fee",
  "column fixed fee",
  "column opening",
  "column known from",
  "column matched by",
  "column file and line",
  "column rows",
  "column reserve",
  "column closing",
]);

function placeOf({ title }: { readonly title: PlainText }, index: number, lead: PlainText | undefined) {
  if (title === lead) return "lead";
  if (index === 0) return "key";
  return SPARE.has(title) ? "spare" : undefined;
}

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
  /** A box before each row that selects it. */
  readonly pick?: ((item: Item) => Child) | undefined;
  /** Name of the list where a page has several: its next page is of this list alone. */
  readonly list?: string | undefined;
  /** Where its next page is, on a page that is not the table's own: that one has no longer pages. */
  readonly pages?: string | undefined;
  /** What stands there without rows, where the page itself has chosen them. Default: as the table and the filters say. */
  readonly empty?: PlainText | undefined;
  /** What can be done with the selected rows, or how many of all these are. */
  readonly below?: Child;
}): ReturnType<FC> {
  const { table, page, frame, query } = props;
  const { translate } = frame;
  const chosen = Object.fromEntries([...table.filters, "sort"].map((name) => [name, query(name)]));
  if (props.list !== undefined) chosen["list"] = props.list;
  const sorted = query("sort");
  const { pick } = props;
  const columns = props.columns ?? table.columns;
  const titles = new Set(columns.map(({ title }) => title));
  const lead = LEADS.find((title) => titles.has(title));
  // What chooses a page is no filter: the file has all of them.
  const paged = { ...chosen, rows: query("rows") };
  const filtered = table.filters.some((name) => query(name) !== undefined);
  const path = props.pages ?? pathOf(table.path, query);
  const caption = table.caption(translate, query, frame);
  // A column that is sorted by is turned round; any other one begins with what people look for: the largest, the newest.
  const sortLink = (name: string) => ({
    href: linkTo(frame, path, { ...chosen, sort: sorted === `-${name}` ? name : `-${name}` }),
    now: sorted === name ? ("ascending" as const) : sorted === `-${name}` ? ("descending" as const) : null,
  });
  return (
    <div class="listing">
      {page.items.length === 0 ? (
        <p class="empty">
          {props.empty !== undefined ? (
            translate(props.empty)
          ) : filtered ? (
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
          rows={page.items}
          columns={[
            ...(pick === undefined ? [] : [{ title: translate("select"), place: "pick", cell: pick } as const]),
            ...columns.map((column, index) => ({
              title: translate(column.title),
              numeric: column.numeric === true,
              place: column.place ?? placeOf(column, index, lead),
              sort: column.sort === undefined ? undefined : sortLink(column.sort),
              cell: (item: Item) => column.cell(item, frame),
            })),
          ]}
          sums={(props.sums === undefined ? totalLines(columns, props.totals, frame) : [props.sums]).map((line) =>
            pick === undefined ? line : ["", ...line],
          )}
          marked={props.marked}
        />
      )}
      {props.totals === null && page.items.length > 0 ? <p class="soft small">{translate("too many to sum")}</p> : null}
      {props.below}
      <div class="pager">
        {query("cursor") === undefined ? null : <a href={linkTo(frame, path, paged)}>{translate("first")}</a>}
        {page.next === null || query("rows") !== undefined || props.pages !== undefined ? null : (
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
