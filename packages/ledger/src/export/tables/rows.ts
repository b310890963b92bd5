import { AT_A_TIME, type ExportTable } from "../export-table.ts";
import { cellsOf, rowsOf, withHash } from "./row-query.ts";
import { batchesOfTexts } from "./row-texts.ts";

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
      for await (const row of withHash(rowsOf(context.store.db, account, scope)).stream(AT_A_TIME)) yield cellsOf(row);
    }
  },
  batches({ context, accounts, scope }) {
    const { texts } = context.store;
    if (texts === undefined) return undefined;
    return batchesOfTexts(context.store.db, texts, accounts, scope);
  },
};
