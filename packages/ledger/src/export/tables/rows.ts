import { AT_A_TIME, type ExportCell, type ExportTable } from "../export-table.ts";

/** Rows of settlement reports, each with the file and line that it stands on. */
export const rowsTable: ExportTable = {
  name: "rows",
  columns: [
    { name: "account_id", type: "text" },
    { name: "settlement_id", type: "text" },
    { name: "posted_at", type: "instant" },
    { name: "type", type: "text" },
    { name: "transaction_id", type: "text" },
    { name: "reference_id", type: "text" },
    { name: "permission_id", type: "text" },
    { name: "order_id", type: "text" },
    { name: "store_name", type: "text" },
    { name: "currency", type: "text" },
    { name: "description", type: "text" },
    { name: "amount", type: "amount" },
    { name: "percentage_fee", type: "amount" },
    { name: "fixed_fee", type: "amount" },
    { name: "total_fee", type: "amount" },
    { name: "net", type: "amount" },
    { name: "extra", type: "text" },
    { name: "file_sha256", type: "text" },
    { name: "line", type: "integer" },
  ],
  async *rows({ context, accounts, scope }) {
    for (const account of accounts) {
      let query = context.store.db
        .selectFrom("settlement_row as r")
        .innerJoin("file as f", (join) =>
          join.onRef("f.account_id", "=", "r.account_id").onRef("f.file_id", "=", "r.file_id"),
        )
        .selectAll("r")
        .select("f.content_hash")
        .where("r.account_id", "=", account);
      if (scope.settlementId !== undefined) query = query.where("r.settlement_id", "=", scope.settlementId);
      if (scope.currency !== undefined) query = query.where("r.currency", "=", scope.currency);
      if (scope.from !== undefined) query = query.where("r.posted_at", ">=", scope.from);
      if (scope.until !== undefined) query = query.where("r.posted_at", "<", scope.until);
      const ordered = query.orderBy("r.posted_at").orderBy("r.file_id").orderBy("r.line");
      for await (const row of ordered.stream(AT_A_TIME)) {
        const cells: ExportCell[] = [
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
        yield cells;
      }
    }
  },
};
