import type { ViewContext } from "@amazon-pay-kit/ledger";
import { csvStream } from "./csv.ts";
import { exceptionsTable } from "./exceptions.tsx";
import type { ListTable, Query } from "./list-table.ts";
import { reportsTable } from "./reports.tsx";
import { rowsTable } from "./rows.tsx";
import { settlementsTable } from "./settlements.tsx";
import { transfersTable } from "./transfers.tsx";

type CsvFile = (views: ViewContext, query: Query, account: string | undefined) => ReadableStream<Uint8Array>;

function file<Item>(table: ListTable<Item>): [path: string, file: CsvFile] {
  return [table.path, (views, query, account) => csvStream(table, views, query, account)];
}

/** The CSV file of every list, by the path of its page. */
export const CSV_FILES: ReadonlyMap<string, CsvFile> = new Map([
  file(settlementsTable),
  file(exceptionsTable),
  file(rowsTable),
  file(transfersTable),
  file(reportsTable),
]);
