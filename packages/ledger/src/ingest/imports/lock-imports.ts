import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";

/** Imports of one account take their turns, so that their ids are in the order in which they become visible. */
export async function lockImports(
  db: Kysely<Schema>,
  dialect: "sqlite" | "postgres",
  accountId: string,
): Promise<void> {
  if (dialect === "postgres") await sql`select pg_advisory_xact_lock(hashtext(${`import ${accountId}`}))`.execute(db);
}
