import { sql } from "kysely";
import { scopeOf, type AccountFilter, type ViewContext } from "./view.ts";

/** How far the accounts are with a month. */
export interface MonthState {
  /** `2026-06`. */
  readonly month: string;
  /** Accounts that have closed it, of how many there are. */
  readonly closed: number;
  readonly accounts: number;
  /** When the last of them was closed; null while none is. */
  readonly closedAt: number | null;
  /** Who closed it; null while none is, and where it was several people. */
  readonly who: string | null;
}

/**
 * How far the accounts are with some months, in the order of the months as given. Nothing is worked out: it says what is closed, not
 * whether the rest could be.
 *
 * @example
 * for (const { month, closed, accounts } of await monthStates({ store }, { months: ["2026-05", "2026-06"] }))
 *   console.log(month, `${closed} of ${accounts}`);
 */
export async function monthStates(
  context: ViewContext,
  filter: AccountFilter & { readonly months: readonly string[] },
): Promise<readonly MonthState[]> {
  const { db } = context.store;
  const scope = await scopeOf(context, filter);
  const { n } = await db
    .selectFrom("account")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where(scope.of())
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom("period")
    .select(({ fn }) => [
      "month",
      fn.countAll<number>().as("closed"),
      fn.max("closed_at").as("last"),
      sql<number>`count(distinct who)`.as("people"),
      fn.max("who").as("who"),
    ])
    .where(scope.of())
    .where("month", "in", [...filter.months])
    .where("reopened_at", "is", null)
    .groupBy("month")
    .execute();
  return filter.months.map((month) => {
    const found = rows.find((row) => row.month === month);
    return {
      month,
      closed: Number(found?.closed ?? 0),
      accounts: Number(n),
      closedAt: found === undefined ? null : Number(found.last),
      who: found === undefined || Number(found.people) > 1 ? null : found.who,
    };
  });
}
