import type { Kysely } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { FileSource } from "./explanation.ts";

/** Files of an account by their ids, each with the reports that delivered it. */
export async function fileSources(
  db: Kysely<Schema>,
  accountId: string,
  fileIds: Iterable<number>,
): Promise<ReadonlyMap<number, FileSource>> {
  const ids = new Set(fileIds);
  const files = await inChunks(ids, (some) =>
    db
      .selectFrom("file")
      .select(["file_id", "content_hash", "archive_path", "kind"])
      .where("account_id", "=", accountId)
      .where("file_id", "in", [...some])
      .execute(),
  );
  const delivered = await inChunks(ids, (some) =>
    db
      .selectFrom("report_file")
      .select(["file_id", "source", "report_id"])
      .where("account_id", "=", accountId)
      .where("file_id", "in", [...some])
      .orderBy("source")
      .orderBy("report_id")
      .execute(),
  );
  return new Map(
    files.map((file) => [
      file.file_id,
      {
        fileId: file.file_id,
        contentHash: file.content_hash,
        archivePath: file.archive_path,
        kind: file.kind,
        reports: delivered
          .filter((one) => one.file_id === file.file_id)
          .map((one) => ({ source: one.source, reportId: one.report_id })),
      },
    ]),
  );
}
