/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { listSettlementRows, type SettlementRowView } from "@amazon-pay-kit/ledger";
import type { ListTable } from "./list-table.ts";
import { rowColumns } from "./rows.tsx";
import { term } from "../locales/texts.ts";

/** The rows of one settlement, as the file has them. */
export const settlementRowsTable: ListTable<SettlementRowView> = {
  path: "/settlements/:settlementId",
  file: "/settlements/:settlementId/rows.csv",
  caption: (translate, query, frame) => {
    const type = query("type");
    return type === undefined
      ? translate("rows posted")
      : translate("rows of type", { type: term("transaction type", type, frame.format.locale) });
  },
  empty: "no rows",
  filters: ["currency", "type", "q"],
  fetch: ({ views, query, account }, page) =>
    listSettlementRows(views, {
      ...page,
      accountId: account,
      settlementId: query("settlementId") ?? "",
      currency: query("currency"),
      typeKey: query("type"),
      text: query("q"),
    }),
  columns: rowColumns,
};
