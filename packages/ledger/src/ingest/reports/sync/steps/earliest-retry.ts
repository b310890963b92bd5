import type { Kysely } from "kysely";
import type { Schema } from "../../../../store/schema/index.ts";

/** When the next report that could not be fetched may be tried again; `null` when none waits. */
export async function earliestRetry(db: Kysely<Schema>, accountIds: readonly string[]): Promise<number | null> {
  if (accountIds.length === 0) return null;
  const row = await db
    .selectFrom("report")
    .select(({ fn }) => fn.min<number | null>("next_attempt_at").as("next_at"))
    .where("account_id", "in", accountIds)
    .where("state", "=", "listed")
    .executeTakeFirst();
  return row?.next_at ?? null;
}
