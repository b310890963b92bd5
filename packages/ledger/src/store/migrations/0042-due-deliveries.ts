import type { Kysely } from "kysely";

/** Workers ask every minute which hooks are due for another try: of all deliveries, those few that wait. */
export async function indexDueDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("hook_delivery_by_next_attempt_at")
    .on("hook_delivery")
    .columns(["account_id", "next_attempt_at"])
    .where("next_attempt_at", "is not", null)
    .execute();
}
