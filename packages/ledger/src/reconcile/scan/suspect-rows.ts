import { TRANSACTION_TYPES } from "@amazon-pay-kit/reports";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { CheckedFile, CheckedRow } from "../../rules/row-check.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { FileGroup } from "./file-groups.ts";
import { isKnownType } from "./row-role.ts";

/** Whether the groups of a file say that one of its rows will fail a check. */
export function hasSuspects(groups: readonly FileGroup[], file: CheckedFile): boolean {
  return groups.some(
    (group) =>
      group.feeSumFaults > 0 ||
      group.netFaults > 0 ||
      (file.convention === "amount-plus-fee" ? group.minusRows : group.plusRows) > 0 ||
      !isKnownType(group.typeKey) ||
      (file.startAt !== null && group.firstAt < file.startAt - file.tolerance) ||
      (file.endAt !== null && group.lastAt > file.endAt + file.tolerance),
  );
}

/** The rows of a file that may fail a check. The checks themselves decide. */
export async function suspectRows(
  db: Kysely<Schema>,
  accountId: string,
  file: CheckedFile,
): Promise<readonly CheckedRow[]> {
  const doubts: RawBuilder<unknown>[] = [
    sql`percentage_fee_minor + fixed_fee_minor <> total_fee_minor`,
    file.convention === "amount-plus-fee"
      ? sql`net_minor <> amount_minor + total_fee_minor`
      : sql`net_minor <> amount_minor - total_fee_minor`,
    sql`type_key not in (${sql.join(TRANSACTION_TYPES.map((facts) => facts.type))})`,
  ];
  if (file.startAt !== null) doubts.push(sql`posted_at < ${file.startAt - file.tolerance}`);
  if (file.endAt !== null) doubts.push(sql`posted_at > ${file.endAt + file.tolerance}`);
  const { rows } = await sql<RowColumns>`
    select ${CHECKED_COLUMNS} from settlement_row
    where account_id = ${accountId} and file_id = ${file.fileId} and (${sql.join(doubts, sql` or `)})
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
