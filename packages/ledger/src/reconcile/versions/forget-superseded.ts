import type { Kysely } from "kysely";
import { chunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import { RULES } from "../../rules/index.ts";
import { replaceFindings, type Finder } from "../exceptions/replace-findings.ts";

async function superseded(db: Kysely<Schema>, accountId: string): Promise<number[]> {
  const rows = await db
    .selectFrom("settlement_version")
    .select("file_id")
    .where("account_id", "=", accountId)
    .where("counts", "=", 0)
    .execute();
  const withdrawn = await db
    .selectFrom("report_withdrawal as w")
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "w.account_id").onRef("f.file_id", "=", "w.file_id"),
    )
    .select("w.file_id")
    .distinct()
    .where("w.account_id", "=", accountId)
    .where("f.loaded_at", "is", null)
    .execute();
  return [...rows, ...withdrawn].map((row) => row.file_id);
}

/** Ends what was found in, and paired with, the rows of files that do not count any more. */
export async function forgetSuperseded(finder: Finder): Promise<void> {
  const files = await superseded(finder.db, finder.accountId);
  for (const some of chunks(files)) {
    await replaceFindings(finder, { codes: RULES.map(({ code }) => code), fileIds: some }, []);
    await finder.db
      .deleteFrom("row_match")
      .where("account_id", "=", finder.accountId)
      .where("file_id", "in", [...some])
      .execute();
  }
}
