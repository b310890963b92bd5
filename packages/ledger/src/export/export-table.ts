import type { ScopedBooks } from "./scope.ts";

/** What a column holds. Amounts are minor units in the currency that the row's `currency` column names. */
export type ExportType = "text" | "instant" | "amount" | "integer";

/** A column of an exported table. */
export interface ExportColumn {
  readonly name: string;
  readonly type: ExportType;
}

/** A cell as tables give it; an amount is minor units as a `bigint`, or its digits as a text. */
export type ExportCell = string | number | bigint | null;

/** Something that can be exported as a table: one file under `tables/` each. */
export interface ExportTable {
  readonly name: string;
  readonly columns: readonly ExportColumn[];
  /** Rows with their cells in the order of the columns: by account, then by time, so that months come one after the other. */
  rows(books: ScopedBooks): AsyncIterable<readonly ExportCell[]>;
  /** The same rows, many at a time, by a faster way; `undefined` where the store has none. */
  batches?(books: ScopedBooks): AsyncIterable<readonly (readonly ExportCell[])[]> | undefined;
}

/** The rows of a table, many at a time. */
export async function* batchesOf(
  table: ExportTable,
  books: ScopedBooks,
): AsyncGenerator<readonly (readonly ExportCell[])[]> {
  const batches = table.batches?.(books);
  if (batches !== undefined) {
    yield* batches;
    return;
  }
  let batch: (readonly ExportCell[])[] = [];
  for await (const row of table.rows(books)) {
    batch.push(row);
    if (batch.length < AT_A_TIME) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Rows that are fetched from the store at a time. */
export const AT_A_TIME = 2_000;
