import { type Kysely, sql } from "kysely";
import { ROW_RULES } from "../../rules/rows/index.ts";
import type { CheckedFile, CheckedRow } from "../../rules/rows/row-rule.ts";
import { anyBroken, groupBreaks } from "../../rules/rows/terms.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { FileGroup } from "./file-groups.ts";

/** Whether the groups of a file say that one of its rows breaks a rule. */
export function hasSuspects(groups: readonly FileGroup[], file: CheckedFile): boolean {
  return groups.some(
    (group) =>
      (file.convention === "amount-plus-fee" ? group.brokenIfPlus : group.brokenIfMinus) > 0 ||
      groupBreaks(ROW_RULES, group, file),
  );
}

/** The rows of a file that break a rule, in order. */
export async function suspectRows(
  db: Kysely<Schema>,
  accountId: string,
  file: CheckedFile,
): Promise<readonly CheckedRow[]> {
  const { rows } = await sql<RowColumns>`
    select ${CHECKED_COLUMNS} from settlement_row
    where account_id = ${accountId} and file_id = ${file.fileId} and (${anyBroken(ROW_RULES, file)})
    order by line
  `.execute(db);
  return rows.map(checkedRow);
}

/** Columns that {@link checkedRow} reads. */
export const CHECKED_COLUMNS = sql`file_id as "fileId", line, settlement_id as "settlementId", posted_at as "postedAt",
  type, type_key as "typeKey", transaction_id as "transactionId", currency, amount_minor as "amountMinor",
  percentage_fee_minor as "percentageMinor", fixed_fee_minor as "fixedMinor", total_fee_minor as "totalMinor",
  net_minor as "netMinor"`;

/** A row as {@link CHECKED_COLUMNS} gives it. */
export interface RowColumns {
  readonly fileId: number;
  readonly line: number;
  readonly settlementId: string;
  readonly postedAt: number;
  readonly type: string;
  readonly typeKey: string;
  readonly transactionId: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly percentageMinor: bigint;
  readonly fixedMinor: bigint;
  readonly totalMinor: bigint;
  readonly netMinor: bigint;
}

/** The row as checks see it. */
export function checkedRow(row: RowColumns): CheckedRow {
  const { amountMinor, percentageMinor, fixedMinor, totalMinor, netMinor, ...rest } = row;
  return {
    ...rest,
    amount: amountMinor,
    percentageFee: percentageMinor,
    fixedFee: fixedMinor,
    totalFee: totalMinor,
    net: netMinor,
  };
}
