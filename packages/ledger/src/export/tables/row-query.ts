import type { Kysely, Selectable, SelectQueryBuilder } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementRowTable } from "../../store/schema/reports.ts";
import type { ExportCell } from "../export-table.ts";
import type { ExportScope } from "../scope.ts";

type Rows<O> = SelectQueryBuilder<Schema & { r: SettlementRowTable }, "r", O>;

/** The rows of an account that are within the scope, in the order of the export. */
export function rowsOf(db: Kysely<Schema>, account: string, scope: ExportScope): Rows<object> {
  let query = db.selectFrom("settlement_row as r").where("r.account_id", "=", account);
  if (scope.settlementId !== undefined) query = query.where("r.settlement_id", "=", scope.settlementId);
  if (scope.currency !== undefined) query = query.where("r.currency", "=", scope.currency);
  if (scope.from !== undefined) query = query.where("r.posted_at", ">=", scope.from);
  if (scope.until !== undefined) query = query.where("r.posted_at", "<", scope.until);
  return query.orderBy("r.posted_at").orderBy("r.file_id").orderBy("r.line") as Rows<object>;
}

/** Each row with all that is exported of it. */
export function withHash(rows: Rows<object>): Rows<Selectable<SettlementRowTable> & { content_hash: string }> {
  return rows
    .innerJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "r.account_id").onRef("f.file_id", "=", "r.file_id"),
    )
    .selectAll("r")
    .select("f.content_hash") as unknown as Rows<Selectable<SettlementRowTable> & { content_hash: string }>;
}

/** The cells of a row in the order of the export's columns. */
export function cellsOf(row: Selectable<SettlementRowTable> & { readonly content_hash: string }): ExportCell[] {
  return [
    row.account_id,
    row.settlement_id,
    row.posted_at,
    row.type,
    row.transaction_id,
    row.reference_id,
    row.permission_id,
    row.order_id,
    row.store_name,
    row.currency,
    row.description,
    row.amount_minor,
    row.percentage_fee_minor,
    row.fixed_fee_minor,
    row.total_fee_minor,
    row.net_minor,
    row.extra,
    row.content_hash,
    row.line,
  ];
}
