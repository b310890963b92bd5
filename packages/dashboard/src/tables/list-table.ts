import type { Page, PageRequest, ViewContext } from "@amazon-pay-kit/ledger";
import type { Child } from "hono/jsx";
import type { Frame } from "../layout/page.tsx";

/** What a page was asked for: values of its query by name; empty ones count as not given. */
export type Query = (name: string) => string | undefined;

/** A column as a page shows it and as a spreadsheet gets it. */
export interface ListColumn<Item> {
  readonly title: string;
  readonly cell: (item: Item, frame: Frame) => Child;
  /** The plain value: amounts as decimal texts, times in ISO form. */
  readonly csv: (item: Item) => string;
  readonly numeric?: boolean;
}

/** A paged list: the same rows on the page and in its CSV file. */
export interface ListTable<Item> {
  /** Path of the page; the file is at the same path with `.csv`. */
  readonly path: string;
  readonly caption: string;
  readonly columns: readonly ListColumn<Item>[];
  readonly fetch: (
    views: ViewContext,
    query: Query,
    account: string | undefined,
    page: PageRequest,
  ) => Promise<Page<Item>>;
  /** Names of the query values that choose rows; they stay in links to the next page and to the file. */
  readonly filters: readonly string[];
}
