import type { PeriodEntry } from "../../reconcile/periods/document.ts";
import type { ScopedBooks } from "../scope.ts";
import { adjustments } from "./adjustments.ts";
import { closedBooks } from "./closed-books.ts";
import { conversionEntries } from "./conversions.ts";
import { frozenEntry } from "./frozen-entries.ts";

/**
 * What the journal of a month has beside the entries of its settlements, for the document of its close.
 *
 * @param books its scope is the month
 */
export async function entriesToFreeze(books: ScopedBooks, accountId: string): Promise<readonly PeriodEntry[]> {
  const closed = await closedBooks(books, accountId);
  return [
    ...(await adjustments(books, closed)).rest().map((entry) => frozenEntry("adjustment", entry)),
    ...(await conversionEntries(books, accountId, closed)).map((entry) => frozenEntry("conversion", entry)),
  ];
}
