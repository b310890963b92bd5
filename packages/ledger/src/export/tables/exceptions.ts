import { messageOf } from "../../views/exceptions.ts";
import { within } from "../scope.ts";
import { AT_A_TIME, type ExportTable } from "../export-table.ts";

/** Differences with their state: nothing is left out because it has been dealt with. */
export const exceptionsTable: ExportTable = {
  name: "exceptions",
  columns: [
    { name: "account_id", type: "text" },
    { name: "exception_id", type: "text" },
    { name: "code", type: "text" },
    { name: "severity", type: "text" },
    { name: "status", type: "text" },
    { name: "settlement_id", type: "text" },
    { name: "transaction_id", type: "text" },
    { name: "currency", type: "text" },
    { name: "amount", type: "amount" },
    { name: "message", type: "text" },
    { name: "found_at", type: "instant" },
    { name: "changed_at", type: "instant" },
    { name: "file_sha256", type: "text" },
    { name: "line", type: "integer" },
    { name: "cause", type: "text" },
    { name: "order_id", type: "text" },
    { name: "reference_id", type: "text" },
    { name: "record_file", type: "text" },
    { name: "record_line", type: "integer" },
  ],
  async *rows({ context, accounts, scope }) {
    for (const account of accounts) {
      let query = context.store.db
        .selectFrom("exception as e")
        .leftJoin("file as f", (join) =>
          join.onRef("f.account_id", "=", "e.account_id").onRef("f.file_id", "=", "e.file_id"),
        )
        .leftJoin("record as c", (join) =>
          join.onRef("c.account_id", "=", "e.account_id").onRef("c.record_id", "=", "e.record_id"),
        )
        .leftJoin("import as i", (join) =>
          join.onRef("i.account_id", "=", "c.account_id").onRef("i.import_id", "=", "c.import_id"),
        )
        .selectAll("e")
        .select(["f.content_hash", "c.line as record_line", "i.file_name as record_file"])
        .where("e.account_id", "=", account);
      if (scope.settlementId !== undefined) query = query.where("e.settlement_id", "=", scope.settlementId);
      if (scope.currency !== undefined) query = query.where("e.currency", "=", scope.currency);
      for await (const row of query.orderBy("e.found_at").orderBy("e.exception_id").stream(AT_A_TIME)) {
        if (!within(scope, row.found_at)) continue;
        yield [
          row.account_id,
          row.exception_id,
          row.code,
          row.severity,
          row.status,
          row.settlement_id,
          row.transaction_id,
          row.currency,
          row.currency === null ? null : row.amount_minor,
          messageOf(row),
          row.found_at,
          row.changed_at,
          row.content_hash,
          row.line,
          row.cause ?? row.exception_id,
          row.order_id,
          row.reference_id,
          row.record_file,
          row.record_line,
        ];
      }
    }
  },
};
