import type { Child } from "hono/jsx";
import type { Frame } from "../layout/page.tsx";
import type { TableSource } from "../tables/list-table.ts";
import type { WaitingStatements } from "../statements/waiting-statements.ts";
import type { PlainText } from "../locales/texts.ts";

/** What a page is made from: where its rows come from, and what is around them. */
export interface PageInput extends TableSource {
  readonly frame: Frame;
  /** Token for the forms of this page. */
  readonly csrf: string;
  /** The books are invented: the home page leads through what was planted in them, unless it was asked not to. */
  readonly tour: "none" | "shown" | "hidden";
  /** Statements that were sent and are not confirmed yet. */
  readonly waiting: WaitingStatements;
}

/** A page that was made. */
export interface PageOutput {
  readonly title: string;
  readonly body: Child;
  /** Ask for the page again after this many seconds, because something is going on. */
  readonly again?: number | undefined;
}

/** One page: a file under `pages/` exports one row, and `pages/index.ts` lists it. */
export interface PageRow {
  /** Path with `:name` for parts that vary. */
  readonly path: string;
  /** Which entry of the navigation it belongs to; null for a page that is reached from everywhere. */
  readonly current: PlainText | null;
  readonly render: (input: PageInput) => Promise<PageOutput>;
}
