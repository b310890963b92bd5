import type { Kysely } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import type { Schema } from "../../store/schema/index.ts";

/** The name of a report file in messages. */
export interface FileName {
  readonly contentHash: string;
  readonly archivePath: string;
  /** Name of the file in its folder, or id of the report that delivered it first. */
  readonly name: string;
  /** Name and the beginning of the hash, which tells two files of one name apart. */
  readonly shown: string;
}

/** Digits of a hash that people compare. */
const DIGITS = 12;

/** Names of some report files: that of the first report that delivered each. */
export async function fileNames(
  db: Kysely<Schema>,
  accountId: string,
  fileIds: Iterable<number>,
): Promise<ReadonlyMap<number, FileName>> {
  const ids = new Set(fileIds);
  const names = new Map<number, FileName>();
  const rows = await inChunks(ids, (some) =>
    db
      .selectFrom("file as f")
      .leftJoin("report_file as d", (join) =>
        join.onRef("d.account_id", "=", "f.account_id").onRef("d.file_id", "=", "f.file_id"),
      )
      .select(["f.file_id", "f.content_hash", "f.archive_path", "d.source", "d.report_id"])
      .where("f.account_id", "=", accountId)
      .where("f.file_id", "in", [...some])
      .orderBy("d.fetched_at")
      .orderBy("d.source")
      .orderBy("d.report_id")
      .execute(),
  );
  for (const row of rows) {
    if (names.has(row.file_id)) continue;
    const name =
      row.source === "folder" && row.report_id !== null
        ? row.report_id.replace(/@\d+-\d+$/, "")
        : row.source === "hand" || row.report_id === null
          ? row.archive_path
          : row.report_id;
    names.set(row.file_id, {
      contentHash: row.content_hash,
      archivePath: row.archive_path,
      name,
      shown: `${name} (${row.content_hash.slice(0, DIGITS)})`,
    });
  }
  return names;
}
