/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { countExceptions } from "@amazon-pay-kit/ledger";
import { linkTo, type Frame } from "../layout/page.tsx";
import { term } from "../locales/texts.ts";
import { exceptionTitle, StatusBadge } from "./exceptions.tsx";
import type { ListTable } from "./list-table.ts";

/** How many exceptions of one code are in one state. */
export type ExceptionCount = Awaited<ReturnType<typeof countExceptions>>[number];

function link(frame: Frame, count: ExceptionCount): string {
  return linkTo(frame, "/exceptions", { code: count.code, status: count.status });
}

/** Exceptions counted by code and state. */
export const exceptionCountsTable: ListTable<ExceptionCount> = {
  path: "/exceptions",
  file: "/exceptions/counts.csv",
  caption: (translate) => translate("exceptions counted"),
  empty: "no exceptions",
  filters: [],
  fetch: async ({ views, account }) => ({ items: await countExceptions(views, { accountId: account }), next: null }),
  columns: [
    {
      title: "column code",
      cell: (count, frame) => <a href={link(frame, count)}>{exceptionTitle(count, frame)}</a>,
      csv: (count) => count.code,
    },
    {
      title: "column count",
      numeric: true,
      cell: (count, frame) => <a href={link(frame, count)}>{frame.format.count(count.count)}</a>,
      csv: (count) => String(count.count),
    },
    {
      title: "column state",
      cell: (count, frame) => <StatusBadge status={count.status} frame={frame} />,
      csv: (count) => count.status,
    },
    {
      title: "column severity",
      cell: (count, frame) => term("severity", count.severity, frame.format.locale),
      csv: (count) => count.severity,
    },
  ],
};
