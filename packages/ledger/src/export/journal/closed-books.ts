import type { PeriodDocument } from "../../reconcile/periods/document.ts";
import { monthAfter } from "../../reconcile/periods/freeze.ts";
import { type ClosedMonth, closedMonths, documentOf } from "../../reconcile/periods/kept.ts";
import { ExportError } from "../errors.ts";
import type { ScopedBooks } from "../scope.ts";

/** The closed months of an account; they follow one after the other. */
export interface ClosedBooks {
  readonly accountId: string;
  readonly months: readonly (ClosedMonth & { readonly document: PeriodDocument })[];
  readonly first: string;
  readonly last: string;
  /** First day of the first open month after them. */
  readonly openDay: string;
}

/**
 * The closed months of an account; null where none is.
 *
 * @throws ExportError `export.closed-zone` when they were closed in another time zone than that of the export
 */
export async function closedBooks(books: ScopedBooks, accountId: string): Promise<ClosedBooks | null> {
  const closed = await closedMonths(books.context.store.db, accountId);
  const [first] = closed;
  const last = closed.at(-1);
  if (first === undefined || last === undefined) return null;
  const months = closed.map((month) => {
    if (month.timeZone !== books.calendar.timeZone) {
      throw new ExportError(
        "export.closed-zone",
        `${month.month} of ${accountId} was closed in the time zone ${month.timeZone}, and this journal has the days of ${books.calendar.timeZone}: export it with --time-zone ${month.timeZone}`,
      );
    }
    const document = documentOf(month);
    if (document === null) {
      throw new ExportError(
        "export.closed-damaged",
        `what was frozen of ${month.month} of ${accountId} cannot be read: see apay close --check, and restore the database from a copy`,
      );
    }
    return { ...month, document };
  });
  return { accountId, months, first: first.month, last: last.month, openDay: `${monthAfter(last.month)}-01` };
}
