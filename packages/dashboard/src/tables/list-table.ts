import type { Calendar, Page, PageRequest, ViewContext } from "@amazon-pay-kit/ledger";
import type { Child } from "hono/jsx";
import type { CardPlace } from "../components/data-table.tsx";
import type { Frame } from "../layout/page.tsx";
import type { Books } from "../books.ts";
import type { PlainText, Translate } from "../locales/texts.ts";

/** What a page was asked for: parts of its path and values of its query by name; empty ones count as not given. */
export type Query = (name: string) => string | undefined;

/** Where the rows of a table come from, and which of them are asked for. */
export interface TableSource {
  readonly views: ViewContext;
  readonly books: Books;
  readonly query: Query;
  /** The chosen account; undefined for all. */
  readonly account: string | undefined;
  /** The accounts that the reader sees; null for all. */
  readonly accounts: readonly string[] | null;
  /** Says which day a moment is in, and when days begin. */
  readonly calendar: Calendar;
  /** Who reads: for what is theirs. */
  readonly user: string;
  /** The moment by which ages are reckoned, milliseconds since the epoch. */
  readonly now: number;
}

/** A column as a page shows it and as a spreadsheet gets it. */
export interface ListColumn<Item> {
  /** Its head. In files it is English in every language, so that what reads them need not know the reader's. */
  readonly title: PlainText;
  readonly cell: (item: Item, frame: Frame) => Child;
  /** The plain value: amounts as decimal texts, times in ISO form. */
  readonly csv: (item: Item) => string;
  readonly numeric?: boolean;
  /** Where it stands in the card that a row becomes on a phone. Default: the first column is what the row is called. */
  readonly place?: CardPlace;
  /** Name by which the list is sorted by this column: `?sort=amount`, or `?sort=-amount` for the largest first. */
  readonly sort?: string;
}

/** What rows of one currency add up to; shown below the table, under the columns that they belong to. */
export interface Sums {
  readonly currency: string;
  /** Rows that were added up: all that the filters choose, also those of other pages. */
  readonly rows: number;
  readonly minor: Readonly<Partial<Record<PlainText, bigint>>>;
}

/** A table: the same rows on the page and in its CSV file. */
export interface ListTable<Item> {
  /** Path of the page, with `:name` for parts that vary. */
  readonly path: string;
  /** Path of the file, with `:name` for parts that vary. */
  readonly file: `/${string}.csv`;
  readonly caption: (translate: Translate, query: Query, frame: Frame) => string;
  /** What stands there when the books have no rows for it, and no filter is the cause. */
  readonly empty: PlainText;
  readonly columns: readonly ListColumn<Item>[];
  readonly fetch: (source: TableSource, page: PageRequest) => Promise<Page<Item>>;
  /** What all rows that the filters choose add up to; `null` where there are too many to wait for. */
  readonly sums?: (source: TableSource) => Promise<readonly Sums[] | null>;
  /** Names of the query values that choose rows; they stay in links to the next page and to the file. */
  readonly filters: readonly string[];
}

/** Rows of a long page, for printing and for looking through: as many as 200 KB hold. */
export const LONG_PAGE = 100;

/** Which page of its list an address asks for. */
export function pageAsked(query: Query): PageRequest {
  return { cursor: query("cursor"), ...(query("rows") === String(LONG_PAGE) ? { limit: LONG_PAGE } : {}) };
}

/** The order of a list on a page with several: each is sorted when it is the only one shown, which its links see to. */
export function sortOf(query: Query, list: string): string | undefined {
  return query("list") === list ? query("sort") : undefined;
}

/** A path with its `:name` parts filled in. */
export function pathOf(pattern: string, query: Query): string {
  return pattern.replaceAll(/:(\w+)/g, (_part, name: string) => encodeURIComponent(query(name) ?? ""));
}
