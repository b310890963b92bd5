import { sql } from "kysely";
import { accountsOf, type BooksContext } from "../../books/context.ts";

/** A file of records, or a call of the library, that was taken in. */
export interface RecordImportView {
  readonly accountId: string;
  /** Names it for `withdrawRecords`. */
  readonly importId: number;
  /** Null for records that a program added. */
  readonly fileName: string | null;
  readonly importedAt: number;
  /** Rows of the file that are records or were errors, with those that an earlier file had brought. */
  readonly fileRecords: number;
  /** Records that it brought, and that are in the books or were withdrawn with it. */
  readonly records: number;
  /** Records of other files that it changed. */
  readonly revised: number;
  /** First and last moment of its records. */
  readonly from: number | null;
  readonly to: number | null;
  /** Null as long as it counts. */
  readonly withdrawn: { readonly at: number; readonly who: string; readonly note: string } | null;
}

interface Found extends Omit<RecordImportView, "withdrawn"> {
  readonly at: number | null;
  readonly who: string | null;
  readonly note: string | null;
}

/**
 * The imports of records of an account, or of all accounts, oldest first; those that were withdrawn too.
 *
 * @example
 * for (const { importId, fileName } of await listRecordImports({ store, clock, accountId: "shop" })) console.log(importId, fileName);
 */
export async function listRecordImports(context: BooksContext): Promise<readonly RecordImportView[]> {
  const imports: RecordImportView[] = [];
  for (const accountId of await accountsOf(context)) {
    const { rows } = await sql<Found>`
      select i.account_id as "accountId", i.import_id as "importId", i.file_name as "fileName",
        i.imported_at as "importedAt", i.row_count as "fileRecords",
        count(r.occurred_at) as records, min(r.occurred_at) as "from", max(r.occurred_at) as "to",
        (select count(distinct v.record_id) from record_revision v
          where v.account_id = ${accountId} and v.import_id = i.import_id) as revised,
        w.withdrawn_at as at, w.who, w.note
      from import i
      left join record_withdrawal w on w.account_id = i.account_id and w.import_id = i.import_id
      left join (
        select account_id, import_id, occurred_at from record where account_id = ${accountId}
        union all select account_id, import_id, occurred_at from withdrawn_record
          where account_id = ${accountId} and (revised_in is null or revised_in <> import_id)
      ) r on r.account_id = i.account_id and r.import_id = i.import_id
      where i.account_id = ${accountId} and i.what = 'records'
      group by i.account_id, i.import_id, i.file_name, i.imported_at, i.row_count, w.withdrawn_at, w.who, w.note
      order by i.import_id
    `.execute(context.store.db);
    for (const { at, who, note, ...row } of rows)
      imports.push({ ...row, withdrawn: at === null ? null : { at, who: who ?? "", note: note ?? "" } });
  }
  return imports;
}
