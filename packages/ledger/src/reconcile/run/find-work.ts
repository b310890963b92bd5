import { type Kysely, sql } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { allFiles, newFiles, type NewFile } from "../step/files.ts";
import { readMark } from "../step/marks.ts";

/** What has come since the last run of an account. */
export interface Work {
  readonly settlementFiles: readonly NewFile[];
  /** Refund and capture reports. */
  readonly reportFiles: readonly NewFile[];
  /** Other files, of which nothing is to be made. */
  readonly otherFiles: readonly NewFile[];
  readonly recordImports: readonly number[];
  /** Records that were changed after a run had seen them. */
  readonly revisedRecords: readonly number[];
  /** The last import that this run takes into account. */
  readonly lastImport: number;
  /** Bank lines and disbursements as they stand: a text that changes when any come. */
  readonly bankMark: string;
  readonly bankChanged: boolean;
}

/** Subjects of marks. */
export const MARK = { settings: "settings", imports: "imports", bank: "bank", running: "running" } as const;

/**
 * Looks for files, imports and disbursements that no run has taken into account.
 *
 * After a run that died on its way everything is work again, but for the files whose rows it had checked.
 */
export async function findWork(db: Kysely<Schema>, accountId: string): Promise<Work> {
  const marks = { db, accountId };
  const died = (await readMark(marks, MARK.running)) === "yes";
  const files = died ? await allFiles(db, accountId) : await newFiles(db, accountId);
  const done = died ? 0 : Number((await readMark(marks, MARK.imports)) ?? 0);
  const imports = await db
    .selectFrom("import")
    .select(["import_id", "what"])
    .where("account_id", "=", accountId)
    .where("import_id", ">", done)
    .orderBy("import_id")
    .execute();
  const revised = await db
    .selectFrom("record")
    .select("record_id")
    .where("account_id", "=", accountId)
    .where("revised_in", ">", done)
    .execute();
  const bankMark = await bankMarkOf(db, accountId);
  return {
    settlementFiles: files.filter((file) => file.kind === "settlement"),
    reportFiles: files.filter((file) => file.kind === "refund" || file.kind === "capture"),
    otherFiles: files.filter((file) => !["settlement", "refund", "capture"].includes(file.kind)),
    recordImports: imports.filter((row) => row.what === "records").map((row) => row.import_id),
    revisedRecords: revised.map((row) => row.record_id),
    lastImport: imports.at(-1)?.import_id ?? done,
    bankMark,
    bankChanged: bankMark !== (await readMark(marks, MARK.bank)),
  };
}

async function bankMarkOf(db: Kysely<Schema>, accountId: string): Promise<string> {
  const { rows } = await sql<{
    bank: number | null;
    withdrawn: number;
    disbursements: number;
    latest: number | null;
    linked: number;
    undone: number;
  }>`
    select (select count(*) from statement_withdrawal where account_id = ${accountId}) as withdrawn,
      (select max(import_id) from import where account_id = ${accountId} and what = 'bank') as bank,
      (select count(*) from disbursement where account_id = ${accountId}) as disbursements,
      (select max(transferred_at) from disbursement where account_id = ${accountId}) as latest,
      (select count(*) from hand_match where account_id = ${accountId}) as linked,
      (select count(*) from hand_match where account_id = ${accountId} and undone_at is not null) as undone
  `.execute(db);
  const [row] = rows;
  return `${row?.bank ?? 0}-${row?.withdrawn ?? 0}/${row?.disbursements ?? 0}/${row?.latest ?? 0}/${row?.linked ?? 0}-${row?.undone ?? 0}`;
}
