/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { FileLine } from "../books.ts";
import type { ListTable, Query } from "./list-table.ts";

/** The line that was asked for, from 1. */
export function lineOf(query: Query): number {
  const line = Number(query("line") ?? "1");
  return Number.isSafeInteger(line) && line > 0 ? line : 1;
}

/** Physical lines of an archived file around one of them. */
export const fileLinesTable: ListTable<FileLine> = {
  path: "/files/:fileId",
  file: "/files/:fileId/lines.csv",
  caption: (translate) => translate("file lines"),
  empty: "no lines",
  filters: ["line"],
  async fetch({ books, query, account }) {
    const found = await books.fileLines(account, Number(query("fileId")), lineOf(query));
    return { items: found.lines, next: null };
  },
  columns: [
    {
      title: "column line",
      numeric: true,
      cell: ({ line }) => <span class="soft">{line}</span>,
      csv: ({ line }) => String(line),
    },
    { title: "column text", cell: ({ text }) => <span class="mono">{text}</span>, csv: ({ text }) => text },
  ],
};
