import type { ViewContext } from "@amazon-pay-kit/ledger";
import { accountsTable } from "./accounts.tsx";
import { csvStream } from "./csv.ts";
import { exceptionsTable } from "./exceptions.tsx";
import { feesTable } from "./fees.tsx";
import type { ListTable, Query } from "./list-table.ts";
import { openItemsTable } from "./open-items.tsx";
import { reportsTable } from "./reports.tsx";
import { rowsTable } from "./rows.tsx";
import { settlementsTable } from "./settlements.tsx";
import { transfersTable } from "./transfers.tsx";

type CsvFile = (
  views: ViewContext,
  query: Query,
  account: string | undefined,
  now: number,
) => ReadableStream<Uint8Array>;

function file<Item>(table: ListTable<Item>): [path: string, file: CsvFile] {
  return [table.path, (views, query, account) => csvStream(table, views, query, account)];
}

/** The CSV file of every list, by the path of its page. */
export const CSV_FILES: ReadonlyMap<string, CsvFile> = new Map<string, CsvFile>([
  file(settlementsTable),
  file(exceptionsTable),
  file(rowsTable),
  file(transfersTable),
  file(reportsTable),
  file(feesTable),
  file(accountsTable),
  ["/ageing", (views, query, account, now) => csvStream(openItemsTable(now), views, query, account)],
]);
