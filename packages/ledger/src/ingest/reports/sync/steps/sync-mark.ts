import type { Kysely } from "kysely";
import type { Schema } from "../../../../store/schema/index.ts";
import type { SourceName } from "../../sources/source.ts";

/** What of a source is read. */
export type ReadWhat = "reports" | "disbursements";

/**
 * When the last reading that came to its end was begun, by the service's clock; `null` before the first, and when that
 * would be after `now`: the clock was put back since, and nothing of this time has been read.
 */
export async function lastSuccess(
  db: Kysely<Schema>,
  accountId: string,
  source: SourceName,
  what: ReadWhat,
  now: number,
): Promise<number | null> {
  const mark = await db
    .selectFrom("sync_mark")
    .select("last_success_at")
    .where("account_id", "=", accountId)
    .where("source", "=", source)
    .where("what", "=", what)
    .executeTakeFirst();
  const last = mark?.last_success_at ?? null;
  return last !== null && last > now ? null : last;
}

/** Notes that a reading begun at `startedAt` came to its end. */
export async function noteSuccess(
  db: Kysely<Schema>,
  accountId: string,
  source: SourceName,
  what: ReadWhat,
  startedAt: number,
): Promise<void> {
  const values = { last_success_at: startedAt, failures: 0, next_at: null };
  await db
    .insertInto("sync_mark")
    .values({ account_id: accountId, source, what, ...values })
    .onConflict((conflict) => conflict.columns(["account_id", "source", "what"]).doUpdateSet(values))
    .execute();
}

/** Counts a failed run of a source. @returns how many there were in a row */
export async function noteFailedRun(db: Kysely<Schema>, accountId: string, source: SourceName): Promise<number> {
  const { failures } = await db
    .insertInto("sync_mark")
    .values({ account_id: accountId, source, what: "reports", last_success_at: null, failures: 1, next_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(["account_id", "source", "what"])
        .doUpdateSet((eb) => ({ failures: eb("sync_mark.failures", "+", 1) })),
    )
    .returning("failures")
    .executeTakeFirstOrThrow();
  return failures;
}
