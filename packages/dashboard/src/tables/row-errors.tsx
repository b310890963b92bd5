/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { listRowErrors, type RowErrorView } from "@amazon-pay-kit/ledger";
import { linkTo } from "../layout/page.tsx";
import type { ListTable } from "./list-table.ts";

/** Rows of a file that could not be read, each with its reason and its line. */
export const rowErrorsTable: ListTable<RowErrorView> = {
  path: "/files/:fileId",
  file: "/files/:fileId/errors.csv",
  caption: (translate) => translate("row errors caption"),
  empty: "unknown",
  filters: [],
  fetch: ({ views, query, account }, page) =>
    listRowErrors(views, { ...page, accountId: account, fileId: Number(query("fileId")) }),
  columns: [
    {
      title: "column line",
      cell: (error, frame) => (
        <a
          href={linkTo({ ...frame, account: error.accountId }, `/files/${error.fileId}`, { line: String(error.line) })}
        >
          {frame.translate("line n", { line: String(error.line) })}
        </a>
      ),
      csv: (error) => String(error.line),
    },
    { title: "column code", cell: (error) => <span class="mono">{error.code}</span>, csv: (error) => error.code },
    { title: "column message", cell: (error) => <span lang="en">{error.message}</span>, csv: (error) => error.message },
  ],
};
