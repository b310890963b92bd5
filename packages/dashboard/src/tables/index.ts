import { accountsTable } from "./accounts.tsx";
import { ageGroupsTable } from "./age-groups.tsx";
import { bankLinesTable } from "./bank-lines.tsx";
import { claimsTable } from "./claims.tsx";
import { coverageTable } from "./coverage.ts";
import { csvStream } from "./csv.ts";
import { exceptionCountsTable } from "./exception-counts.tsx";
import { exceptionHistoryTable } from "./exception-history.tsx";
import { exceptionsTable } from "./exceptions.tsx";
import { feesByTypeTable } from "./fees-by-type.tsx";
import { feesTable } from "./fees.tsx";
import { fileLinesTable } from "./file-lines.tsx";
import { forecastsTable } from "./forecasts.tsx";
import type { ListTable, TableSource } from "./list-table.ts";
import { openItemsTable } from "./open-items.tsx";
import { reportsTable } from "./reports.tsx";
import { rowErrorsTable } from "./row-errors.tsx";
import { rowsTable } from "./rows.tsx";
import { settlementBalanceTable } from "./settlement-balance.ts";
import { settlementRowsTable } from "./settlement-rows.tsx";
import { settlementTypesTable } from "./settlement-types.tsx";
import { settlementsTable } from "./settlements.tsx";
import { statementsTable } from "./statements.tsx";
import { transfersTable } from "./transfers.tsx";

type CsvFile = (source: TableSource) => Promise<ReadableStream<Uint8Array>>;

function file<Item>(table: ListTable<Item>): [path: string, file: CsvFile] {
  return [table.file, (source) => csvStream(table, source)];
}

/** The CSV file of every table, by its path. */
export const CSV_FILES: ReadonlyMap<string, CsvFile> = new Map<string, CsvFile>([
  file(settlementsTable),
  file(settlementRowsTable),
  file(settlementTypesTable),
  file(settlementBalanceTable),
  file(exceptionsTable),
  file(exceptionCountsTable),
  file(claimsTable),
  file(exceptionHistoryTable),
  file(rowsTable),
  file(transfersTable),
  file(forecastsTable),
  file(bankLinesTable),
  file(statementsTable),
  file(reportsTable),
  file(coverageTable),
  file(rowErrorsTable),
  file(fileLinesTable),
  file(feesTable),
  file(feesByTypeTable),
  file(accountsTable),
  file(openItemsTable),
  file(ageGroupsTable),
]);
