import { accountsOf, type BooksContext } from "../books/context.ts";
import { type ComparedMonth, comparedMonth } from "../reconcile/periods/check-month.ts";
import { closedMonths } from "../reconcile/periods/kept.ts";
import { inSnapshot } from "./close-month.ts";

/** What came of checking the closed months. */
export interface ClosedCheck {
  /** Months of all accounts that were compared. */
  readonly months: number;
  /** Those that the books now give otherwise, or whose record was altered. */
  readonly changed: readonly ComparedMonth[];
}

/**
 * Works every closed month out again, with the time zone and the moments that it was closed with, and compares; verifies the
 * hash of each and that each follows on from the one before.
 *
 * @example
 * const { changed } = await checkClosed({ store, clock });
 * for (const { month, change } of changed) console.log(month, change.differences, change.added);
 */
export async function checkClosed(context: BooksContext): Promise<ClosedCheck> {
  const accounts = await accountsOf(context);
  return inSnapshot(context.store, async (db) => {
    const changed: ComparedMonth[] = [];
    let months = 0;
    for (const accountId of accounts) {
      const closed = await closedMonths(db, accountId);
      months += closed.length;
      for (const [index, month] of closed.entries()) {
        const compared = await comparedMonth(db, month, closed[index - 1] ?? null);
        if (compared.broken || compared.change.differences.length > 0) changed.push(compared);
      }
    }
    return { months, changed };
  });
}
