import { groupBy } from "@amazon-pay-kit/backports";
import { accountsOf, type BooksContext } from "../books/context.ts";
import { type ComparedMonth, comparedMonth } from "../reconcile/periods/check-month.ts";
import { closedMonths } from "../reconcile/periods/kept.ts";
import { canonicalText, hashOf } from "../reconcile/periods/document.ts";
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

/** A close that a hash names. */
export interface KnownClose {
  readonly month: string;
  /** Several where it is the hash over those of several accounts. */
  readonly accounts: readonly string[];
  readonly closedAt: number;
  /** When and by whom it was opened again; null while it is closed. */
  readonly reopened: { readonly at: number; readonly who: string } | null;
}

/**
 * The close that has a hash, such as the one printed on a pack: whether these books still know it. A chain shows what was altered
 * within it; that its end was cut off, or all of it written anew, shows only what is kept elsewhere.
 *
 * @returns null where no close has it
 */
export async function findClose(context: BooksContext, hash: string): Promise<KnownClose | null> {
  const accounts = await accountsOf(context);
  const rows = await context.store.db
    .selectFrom("period")
    .select(["account_id", "month", "hash", "closed_at", "reopened_at", "reopened_who"])
    .where("account_id", "in", accounts.length === 0 ? [""] : [...accounts])
    .orderBy("account_id")
    .orderBy("period_id")
    .execute();
  const one = rows.findLast((row) => row.hash === hash);
  // Accounts that are closed in one go have one hash over theirs.
  const together = [...groupBy(rows, (row) => `${row.month} ${row.closed_at}`).values()].find(
    (some) => hashOf(canonicalText(some.map((row) => ({ account: row.account_id, hash: row.hash })))) === hash,
  );
  const found = one === undefined ? together : [one];
  const [first] = found ?? [];
  if (found === undefined || first === undefined) return null;
  const { month, closed_at: closedAt, reopened_at: at, reopened_who: who } = first;
  return {
    month,
    accounts: found.map((row) => row.account_id),
    closedAt,
    reopened: at === null ? null : { at, who: who ?? "unknown" },
  };
}
