import { type Kysely, type RawBuilder, sql } from "kysely";
import { ROW_RULES } from "../../rules/rows/index.ts";
import { brokenCount } from "../../rules/rows/terms.ts";
import type { Schema } from "../../store/schema/index.ts";

/**
 * The rows of one file that agree in settlement, currency, type and direction, added up by the database.
 * This is all that the balance of a settlement needs, and it tells whether a file has rows worth a closer look.
 */
export interface FileGroup {
  readonly fileId: number;
  readonly settlementId: string;
  readonly currency: string;
  readonly typeKey: string;
  /** -1, 0 or 1: the direction of the net amount. */
  readonly direction: number;
  readonly rows: number;
  readonly amountMinor: bigint;
  readonly netMinor: bigint;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Rows with a fee whose net is amount plus fee, and those whose net is amount minus fee. */
  readonly plusRows: number;
  readonly minusRows: number;
  /** Rows that break a rule, if the file follows one convention of signs or the other; see {@link brokenCount}. */
  readonly brokenIfPlus: number;
  readonly brokenIfMinus: number;
}

/** Adds up the rows of some files in one pass over them. */
export async function groupsOfFiles(
  db: Kysely<Schema>,
  accountId: string,
  fileIds: readonly number[],
): Promise<readonly FileGroup[]> {
  if (fileIds.length === 0) return [];
  return groupsIn(
    db,
    sql`(select * from settlement_row where account_id = ${accountId} and file_id in (${sql.join(fileIds)}))`,
  );
}

/** Adds up some rows: a query in brackets that gives those of `settlement_row`. */
export async function groupsIn(db: Kysely<Schema>, rowsOf: RawBuilder<unknown>): Promise<readonly FileGroup[]> {
  const { rows } = await sql<FileGroup>`
    select file_id as "fileId", settlement_id as "settlementId", currency, type_key as "typeKey",
      case when net_minor < 0 then -1 when net_minor > 0 then 1 else 0 end as direction,
      count(*) as rows, sum(amount_minor) as "amountMinor", sum(net_minor) as "netMinor",
      min(line) as "firstLine", max(line) as "lastLine", min(posted_at) as "firstAt", max(posted_at) as "lastAt",
      sum(case when total_fee_minor <> 0 and net_minor = amount_minor + total_fee_minor then 1 else 0 end) as "plusRows",
      sum(case when total_fee_minor <> 0 and net_minor = amount_minor - total_fee_minor then 1 else 0 end) as "minusRows",
      ${brokenCount(ROW_RULES, "amount-plus-fee")} as "brokenIfPlus",
      ${brokenCount(ROW_RULES, "amount-minus-fee")} as "brokenIfMinus"
    from ${rowsOf} as r
    group by 1, 2, 3, 4, 5
    order by 1, 2, 3, 4, 5
  `.execute(db);
  return rows;
}
