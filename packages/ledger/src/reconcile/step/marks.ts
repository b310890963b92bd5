import type { Kysely } from "kysely";
import { chunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";

/** Marks of an account: what runs have already taken into account. */
export interface Marks {
  readonly db: Kysely<Schema>;
  readonly accountId: string;
}

/** Reads a mark; `null` when it was never set. */
export async function readMark({ db, accountId }: Marks, subject: string): Promise<string | null> {
  const row = await db
    .selectFrom("reconcile_mark")
    .select("mark")
    .where("account_id", "=", accountId)
    .where("subject", "=", subject)
    .executeTakeFirst();
  return row?.mark ?? null;
}

/** Sets the same mark for some subjects. */
export async function setMarks({ db, accountId }: Marks, subjects: readonly string[], mark: string): Promise<void> {
  for (const some of chunks(subjects)) {
    await db
      .insertInto("reconcile_mark")
      .values(some.map((subject) => ({ account_id: accountId, subject, mark })))
      .onConflict((conflict) => conflict.columns(["account_id", "subject"]).doUpdateSet({ mark }))
      .execute();
  }
}

/** The subject of a report file's mark. Its values: `rows` when its rows are checked, `done` when all that follows is. */
export function fileMark(fileId: number): string {
  return `file:${fileId}`;
}
