/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant, getException, type ExceptionEventView } from "@amazon-pay-kit/ledger";
import { StatusBadge } from "./exceptions.tsx";
import type { ListTable } from "./list-table.ts";

/** The life of one exception: who did what, when and why. */
export const exceptionHistoryTable: ListTable<ExceptionEventView> = {
  path: "/exceptions/:exceptionId",
  file: "/exceptions/:exceptionId/history.csv",
  caption: (translate) => translate("history caption"),
  empty: "unknown",
  filters: [],
  async fetch({ views, query, account }) {
    const found = await getException(views, { accountId: account, exceptionId: query("exceptionId") ?? "" });
    return { items: found.events, next: null };
  },
  columns: [
    {
      title: "column when",
      cell: (event, frame) => <span class="nowrap">{frame.format.moment(event.at)}</span>,
      csv: (event) => formatInstant(event.at),
    },
    {
      title: "column what",
      cell: (event, frame) => <StatusBadge status={event.what} frame={frame} />,
      csv: (event) => event.what,
    },
    { title: "column who", cell: (event) => event.who, csv: (event) => event.who },
    { title: "column note", cell: (event) => event.note ?? "", csv: (event) => event.note ?? "" },
  ],
};
