import type { Kysely } from "kysely";

/**
 * Of the reports of an account that wait, the one that came first is asked for after every report that was fetched: by this
 * order it is found at once, where a merchant with ten thousand of them had all of them read and sorted ten thousand times.
 */
export async function orderWaitingReports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("report_by_state_created_at")
    .on("report")
    .columns(["account_id", "state", "created_at", "report_id"])
    .execute();
  await db.schema.dropIndex("report_by_state").execute();
}
