import type { Kysely } from "kysely";

/**
 * What an exception says, as the names of sentences and their values, so that it can be said in other languages. Exceptions that
 * are there already have it when they are found again: their message is in English until then.
 */
export async function addSentences(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("exception").addColumn("said", "text").execute();
}
