import type { AccountFilter, ViewContext } from "./view.ts";

/**
 * What time it is for the books of an account: `now`, or what a sandbox has whose clock was moved. Of several accounts, the
 * one that is furthest ahead.
 *
 * @param now this machine's time, milliseconds since the epoch
 */
export async function serviceNow(context: ViewContext, now: number, filter: AccountFilter = {}): Promise<number> {
  let query = context.store.db
    .selectFrom("account")
    .select(({ fn }) => fn.max<number | null>("clock_ahead_millis").as("ahead"));
  if (filter.accountId !== undefined) query = query.where("account_id", "=", filter.accountId);
  const row = await query.executeTakeFirst();
  return now + (row?.ahead ?? 0);
}
