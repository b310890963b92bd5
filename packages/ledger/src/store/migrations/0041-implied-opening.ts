import type { Kysely } from "kysely";
import type { DialectName } from "./tables.ts";

/** What a settlement opens with by what the one before it left, where its file does not say so; 0 for all that were there before. */
export async function addImpliedOpening(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  await db.schema
    .alterTable("settlement")
    .addColumn("implied_minor", dialect === "sqlite" ? "integer" : "bigint", (column) => column.notNull().defaultTo(0))
    .execute();
}
