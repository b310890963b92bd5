import type { ScopedBooks } from "./scope.ts";

/** What a column holds. Amounts are minor units in the currency that the row's `currency` column names. */
export type ExportType = "text" | "instant" | "amount" | "integer";

/** A column of an exported table. */
export interface ExportColumn {
  readonly name: string;
  readonly type: ExportType;
}

/** A cell as tables give it. */
export type ExportCell = string | number | bigint | null;

/** Something that can be exported as a table: one file under `tables/` each. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  /** Rows with their cells in the order of the columns: by account, then by time, so that months come one after the other. */
  rows(books: ScopedBooks): AsyncIterable<readonly ExportCell[]>;
}

/** Rows that are fetched from the store at a time. */
export const AT_A_TIME = 2_000;
