import { appendAudit } from "../../audit/index.ts";
import { type Kysely, sql } from "kysely";
import { type BooksContext, oneAccountOf } from "../../books/context.ts";
import { chunks } from "../../store/chunks.ts";
import { markReworked } from "../../store/rows/versions.ts";
import type { Schema } from "../../store/schema/index.ts";
import { lockImports } from "../imports/lock-imports.ts";
import { RecordsError } from "./errors.ts";
import { listRecordImports, type RecordImportView } from "./record-imports.ts";
import { RECORD_CONTENT } from "./record-content.ts";

/** Result of withdrawing a file of records. */
export interface RecordsWithdrawn {
  readonly accountId: string;
  readonly importId: number;
  readonly fileName: string | null;
  /** Records that are no longer in the books. */
  readonly records: number;
  /** Records of other files that say again what they said before this one. */
  readonly restored: number;
  /**
   * Files after it that had records which were there already. Where those were this file's, they are gone with it: taking them
   * in again brings back what is missing, and nothing twice.
   */
  readonly importAgain: readonly { readonly importId: number; readonly fileName: string | null }[];
}

/**
 * Withdraws a file of own records that was read wrongly or belongs to another business. Its records count nowhere any more, and
 * what it changed in the records of other files is as it was; all of it stays on record with who withdrew it, when and why. The same
 * file may be imported again with other options. Run reconcile afterwards.
 *
 * @param importId as `listRecordImports` and `importRecords` give it
 * @param note why; must not be empty
 * @throws RecordsError `records.unknown-import`, `records.withdrawn` when it has been before, `records.note` without a reason
 *
 * @example
 * await withdrawRecords({ store, clock, accountId: "shop", who: "mara" }, 7, "statuses read wrongly");
 */
export async function withdrawRecords(
  context: BooksContext,
  importId: number,
  note: string,
): Promise<RecordsWithdrawn> {
  if (note.trim() === "") throw new RecordsError("records.note", "say why the file is withdrawn: nothing was changed");
  const accountId = await oneAccountOf(context);
  return context.store.transaction(async (db) => {
    await lockImports(db, context.store.dialect, accountId);
    const imports = await listRecordImports({ ...context, store: { ...context.store, db }, accountId });
    const one = imports.find((each) => each.importId === importId);
    if (one === undefined) {
      throw new RecordsError(
        "records.unknown-import",
        `${accountId} has no import of records ${importId}: list them with apay records list`,
      );
    }
    if (one.withdrawn !== null) {
      const { at, who: by, note: why } = one.withdrawn;
      const day = new Date(at).toISOString().slice(0, 10);
      throw new RecordsError(
        "records.withdrawn",
        `import ${importId} was withdrawn on ${day} by ${by} already: ${why}`,
      );
    }
    const restored = await takeBackRevisions(db, accountId, importId);
    await takeBackRecords(db, accountId, importId);
    await db
      .insertInto("record_withdrawal")
      .values({
        account_id: accountId,
        import_id: importId,
        who: context.who ?? "unknown",
        note: note.trim(),
        record_count: one.records,
        withdrawn_at: context.clock.now(),
      })
      .execute();
    await markReworked(db, accountId);
    await appendAudit(context, db, {
      accountId,
      what: "records.withdrawn",
      subject: String(importId),
      note: note.trim(),
      was: { file: one.fileName, records: one.records },
    });
    return {
      accountId,
      importId,
      fileName: one.fileName,
      records: one.records,
      restored,
      importAgain: after(one, imports),
    };
  });
}

function after(one: RecordImportView, all: readonly RecordImportView[]): RecordsWithdrawn["importAgain"] {
  return all
    .filter((each) => each.importId > one.importId && each.withdrawn === null && each.records < each.fileRecords)
    .map(({ importId, fileName }) => ({ importId, fileName }));
}

async function takeBackRecords(db: Kysely<Schema>, accountId: string, importId: number): Promise<void> {
  const ids = await db
    .selectFrom("record")
    .select("record_id")
    .where("account_id", "=", accountId)
    .where("import_id", "=", importId)
    .execute();
  await sql`
    insert into withdrawn_record (account_id, record_id, import_id, ${RECORD_CONTENT})
    select account_id, record_id, import_id, ${RECORD_CONTENT} from record
    where account_id = ${accountId} and import_id = ${importId}
  `.execute(db);
  for (const some of chunks(ids.map((row) => String(row.record_id)))) {
    for (const table of ["row_match", "open_item"] as const) {
      await db
        .deleteFrom(table)
        .where("account_id", "=", accountId)
        .where("counterpart", "=", "record")
        .where("counterpart_id", "in", [...some])
        .execute();
    }
    await db
      .deleteFrom("record_revision")
      .where("account_id", "=", accountId)
      .where("record_id", "in", some.map(Number))
      .execute();
  }
  await db.deleteFrom("record").where("account_id", "=", accountId).where("import_id", "=", importId).execute();
}

/** Records of other files say again what they said before this one; what a later file made of them stands. */
async function takeBackRevisions(db: Kysely<Schema>, accountId: string, importId: number): Promise<number> {
  const made = await db
    .selectFrom("record_revision")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("import_id", "=", importId)
    .orderBy("revision_id", "desc")
    .execute();
  let restored = 0;
  for (const { account_id: _, revision_id: id, record_id: recordId, import_id: __, ...before } of made) {
    const later = await db
      .selectFrom("record_revision")
      .select("revision_id")
      .where("account_id", "=", accountId)
      .where("record_id", "=", recordId)
      .where("revision_id", ">", id)
      .orderBy("revision_id")
      .executeTakeFirst();
    if (later === undefined) {
      await keepWithdrawn(db, accountId, recordId, importId);
      await db
        .updateTable("record")
        .set(before)
        .where("account_id", "=", accountId)
        .where("record_id", "=", recordId)
        .execute();
      restored += 1;
    } else {
      await db
        .updateTable("record_revision")
        .set(before)
        .where("account_id", "=", accountId)
        .where("revision_id", "=", later.revision_id)
        .execute();
    }
    await db.deleteFrom("record_revision").where("account_id", "=", accountId).where("revision_id", "=", id).execute();
  }
  return restored;
}

/** What the withdrawn file had made of a record of another file. */
async function keepWithdrawn(db: Kysely<Schema>, accountId: string, recordId: number, importId: number): Promise<void> {
  await sql`
    insert into withdrawn_record (account_id, record_id, import_id, ${RECORD_CONTENT})
    select account_id, record_id, ${importId}, ${RECORD_CONTENT} from record
    where account_id = ${accountId} and record_id = ${recordId}
    on conflict do nothing
  `.execute(db);
}
