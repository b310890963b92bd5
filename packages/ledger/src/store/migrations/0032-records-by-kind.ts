import type { Kysely } from "kysely";

/**
 * Records are always asked for by kind and time. By time alone, the first refund of a shop that keeps no refunds was looked for
 * among all of its charges.
 */
export async function indexRecordsByKind(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex("record_by_kind_occurred_at")
    .on("record")
    .columns(["account_id", "kind", "occurred_at"])
    .execute();
  await db.schema.dropIndex("record_by_occurred_at").execute();
}
