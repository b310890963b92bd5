import type { ViewContext } from "@amazon-pay-kit/ledger";
import type { Child } from "hono/jsx";
import type { Frame } from "../layout/page.tsx";
import type { Word } from "../layout/words.ts";
import type { Query } from "../tables/list-table.ts";
import type { Books } from "../server/books.ts";

/** What a page is made from. */
export interface PageInput {
  readonly views: ViewContext;
  readonly books: Books;
  readonly query: Query;
  /** Value of a `:name` in the path. */
  readonly param: (name: string) => string;
  /** The chosen account; undefined for all. */
  readonly account: string | undefined;
  readonly frame: Frame;
  /** Token for the forms of this page. */
  readonly csrf: string;
  readonly now: number;
}

/** A page that was made. */
export interface PageOutput {
  readonly title: string;
  readonly body: Child;
}

/** One page: a file under `pages/` exports one row, and `pages/index.ts` lists it. */
export interface PageRow {
  /** Path with `:name` for parts that vary. */
  readonly path: string;
  /** Which entry of the navigation it belongs to. */
  readonly current: Word;
  readonly render: (input: PageInput) => Promise<PageOutput>;
}
