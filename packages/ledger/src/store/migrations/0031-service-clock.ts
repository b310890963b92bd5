import type { Kysely } from "kysely";
import type { DialectName } from "./tables.ts";

/** How far the service's clock is ahead of the machine's; 0 for all accounts that were there before. */
export async function addServiceClock(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema
    .alterTable("account")
    .addColumn("clock_ahead_millis", dialect === "sqlite" ? "integer" : "bigint", (column) =>
      column.notNull().defaultTo(0),
    )
    .execute();
}
