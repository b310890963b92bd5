import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { fileNames } from "../versions/file-names.ts";
import type { PeriodFile } from "./document.ts";

/** A stretch of time of one account; banks book on days, which are kept as midnight UTC. */
export interface PeriodSpan {
  readonly accountId: string;
  readonly from: number;
  readonly until: number;
  readonly bankFrom: number;
  readonly bankUntil: number;
}

/** The files whose rows, bank lines and records are of a stretch of time, by kind and hash. */
export async function filesBehind(db: Kysely<Schema>, span: PeriodSpan): Promise<readonly PeriodFile[]> {
  const { accountId, from, until, bankFrom, bankUntil } = span;
  const reports = await sql<{ fileId: number }>`
    select distinct file_id as "fileId" from settlement_row
    where account_id = ${accountId} and posted_at >= ${from} and posted_at < ${until}
  `.execute(db);
  const names = await fileNames(
    db,
    accountId,
    reports.rows.map(({ fileId }) => fileId),
  );
  const imports = await sql<{ what: string; name: string | null; hash: string }>`
    select i.what, i.file_name as name, i.content_hash as hash from import i where i.account_id = ${accountId} and (
      i.import_id in (select b.import_id from bank_line b where b.account_id = ${accountId}
        and b.booked_at >= ${bankFrom} and b.booked_at < ${bankUntil})
      or i.import_id in (select coalesce(c.revised_in, c.import_id) from record c where c.account_id = ${accountId}
        and c.occurred_at >= ${from} and c.occurred_at < ${until}))
  `.execute(db);
  const files: PeriodFile[] = [
    ...[...names.values()].map(({ name, contentHash }) => ({
      kind: "settlement-report" as const,
      name,
      hash: contentHash,
    })),
    ...imports.rows.map(({ what, name, hash }) => ({
      kind: what === "bank" ? ("statement" as const) : ("records" as const),
      name: name ?? "",
      hash,
    })),
  ];
  const key = ({ kind, hash, name }: PeriodFile): string => `${kind} ${hash} ${name}`;
  return files.sort((left, right) => (key(left) < key(right) ? -1 : 1));
}
