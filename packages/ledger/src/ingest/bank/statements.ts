import { sql } from "kysely";
import { accountsOf, type BooksContext } from "../../books/context.ts";

/** An imported bank statement. */
export interface StatementView {
  readonly accountId: string;
  /** Names it for `withdrawStatement`. */
  readonly importId: number;
  readonly fileName: string | null;
  readonly importedAt: number;
  /** Lines of the file, with those that an earlier statement had brought. */
  readonly fileLines: number;
  /** Lines that it brought, and that are in the books or were withdrawn with it. */
  readonly lines: number;
  /** First and last day of its lines, as starts of days in UTC. */
  readonly from: number | null;
  readonly to: number | null;
  /** Null as long as it counts. */
  readonly withdrawn: { readonly at: number; readonly who: string; readonly note: string } | null;
}

interface Found extends Omit<StatementView, "withdrawn"> {
  readonly at: number | null;
  readonly who: string | null;
  readonly note: string | null;
}

/**
 * The bank statements of an account, or of all accounts, oldest first; those that were withdrawn too.
 *
 * @example
 * for (const { importId, fileName } of await listStatements({ store, accountId: "shop" })) console.log(importId, fileName);
 */
export async function listStatements(
  context: Pick<BooksContext, "store" | "accountId">,
): Promise<readonly StatementView[]> {
  const statements: StatementView[] = [];
  for (const accountId of await accountsOf(context)) {
    const { rows } = await sql<Found>`
      select i.account_id as "accountId", i.import_id as "importId", i.file_name as "fileName",
        i.imported_at as "importedAt", i.row_count as "fileLines",
        count(l.booked_at) as lines, min(l.booked_at) as "from", max(l.booked_at) as "to",
        w.withdrawn_at as at, w.who, w.note
      from import i
      left join statement_withdrawal w on w.account_id = i.account_id and w.import_id = i.import_id
      left join (
        select account_id, import_id, booked_at from bank_line where account_id = ${accountId}
        union all select account_id, import_id, booked_at from withdrawn_bank_line where account_id = ${accountId}
      ) l on l.account_id = i.account_id and l.import_id = i.import_id
      where i.account_id = ${accountId} and i.what = 'bank'
      group by i.account_id, i.import_id, i.file_name, i.imported_at, i.row_count, w.withdrawn_at, w.who, w.note
      order by i.import_id
    `.execute(context.store.db);
    for (const { at, who, note, ...row } of rows)
      statements.push({ ...row, withdrawn: at === null ? null : { at, who: who ?? "", note: note ?? "" } });
  }
  return statements;
}
