/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { formatInstant, pageStatements, type StatementView } from "@amazon-pay-kit/ledger";
import { Badge } from "../components/badge.tsx";
import { linkTo, type Frame } from "../layout/page.tsx";
import type { ListTable } from "./list-table.ts";

/** Where a statement's page is. */
export function statementLink(frame: Frame, { accountId, importId }: StatementView): string {
  return linkTo({ ...frame, account: accountId }, `/bank/statements/${importId}`);
}

/** How a statement is called: by its file, or by its number where it came without one. */
export function statementName({ fileName, importId }: StatementView): string {
  return fileName ?? `#${importId}`;
}

/** The imported bank statements, newest first; those that were withdrawn too. */
export const statementsTable: ListTable<StatementView> = {
  path: "/bank",
  file: "/bank/statements.csv",
  caption: (translate) => translate("statements newest"),
  empty: "no statements",
  filters: [],
  fetch: ({ views, account }, page) => pageStatements(views, { ...page, accountId: account }),
  columns: [
    {
      title: "column file",
      cell: (item, frame) => <a href={statementLink(frame, item)}>{statementName(item)}</a>,
      csv: statementName,
    },
    {
      title: "column rows",
      numeric: true,
      cell: (item, frame) => frame.format.count(item.lines),
      csv: (item) => String(item.lines),
    },
    {
      title: "from day",
      cell: (item, frame) => (item.from === null ? "" : <span class="nowrap">{frame.format.bankDay(item.from)}</span>),
      csv: (item) => (item.from === null ? "" : formatInstant(item.from).slice(0, 10)),
    },
    {
      title: "to day",
      cell: (item, frame) => (item.to === null ? "" : <span class="nowrap">{frame.format.bankDay(item.to)}</span>),
      csv: (item) => (item.to === null ? "" : formatInstant(item.to).slice(0, 10)),
    },
    {
      title: "column imported",
      cell: (item, frame) => <span class="nowrap">{frame.format.day(item.importedAt)}</span>,
      csv: (item) => formatInstant(item.importedAt),
    },
    {
      title: "column state",
      cell: (item, frame) =>
        item.withdrawn === null ? (
          <Badge tone="good">{frame.translate("statement counts")}</Badge>
        ) : (
          <Badge tone="plain">{frame.translate("statement withdrawn")}</Badge>
        ),
      csv: (item) => (item.withdrawn === null ? "" : `${item.withdrawn.who}: ${item.withdrawn.note}`),
    },
    { title: "account", cell: (item) => item.accountId, csv: (item) => item.accountId },
  ],
};
