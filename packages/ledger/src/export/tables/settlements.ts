import { within } from "../scope.ts";
import type { ExportTable } from "../export-table.ts";

/** Settlements with their verdicts, as `apay reconcile` found them last. */
export const settlementsTable: ExportTable = {
  name: "settlements",
  columns: [
    { name: "account_id", type: "text" },
    { name: "settlement_id", type: "text" },
    { name: "currency", type: "text" },
    { name: "start", type: "instant" },
    { name: "end", type: "instant" },
    { name: "status", type: "text" },
    { name: "bank", type: "text" },
    { name: "opening", type: "amount" },
    { name: "activity", type: "amount" },
    { name: "fees", type: "amount" },
    { name: "reserve", type: "amount" },
    { name: "transfer", type: "amount" },
    { name: "closing", type: "amount" },
    { name: "rows", type: "integer" },
    { name: "file_sha256", type: "text" },
  ],
  async *rows({ context, accounts, scope }) {
    for (const account of accounts) {
      let query = context.store.db
        .selectFrom("settlement as s")
        .innerJoin("file as f", (join) =>
          join.onRef("f.account_id", "=", "s.account_id").onRef("f.file_id", "=", "s.file_id"),
        )
        .selectAll("s")
        .select("f.content_hash")
        .where("s.account_id", "=", account);
      if (scope.settlementId !== undefined) query = query.where("s.settlement_id", "=", scope.settlementId);
      if (scope.currency !== undefined) query = query.where("s.currency", "=", scope.currency);
      const rows = await query
        .orderBy("s.end_at", (order) => order.asc().nullsFirst())
        .orderBy("s.settlement_id")
        .orderBy("s.currency")
        .execute();
      for (const row of rows) {
        if (!within(scope, row.end_at)) continue;
        yield [
          row.account_id,
          row.settlement_id,
          row.currency,
          row.start_at,
          row.end_at,
          row.status,
          row.bank,
          row.opening_minor,
          row.activity_minor,
          row.fees_minor,
          row.reserve_minor,
          row.transfer_minor,
          row.closing_minor,
          row.row_count,
          row.content_hash,
        ];
      }
    }
  },
};
