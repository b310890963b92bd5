import { openWorkbook, SheetTable, type TableRow, type Workbook } from "@amazon-pay-kit/tabular";
import { openedTable, recogniseHeader, usableError } from "../../csv/read-csv.ts";
import { readStatementTable } from "../../csv/read-table.ts";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import type { Archive } from "@amazon-pay-kit/packed";

/**
 * Reads the sheets of an Excel workbook as tables of entries, by the same column names and layouts as CSV. A sheet without
 * column names of a statement is left out where another has them.
 *
 * @throws UnusableStatementError `file.damaged` for a broken workbook, and as for CSV
 */
export async function* readXlsx(archive: Archive, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const workbook = await opened(archive);
  let refusal: UnusableStatementError | null = null;
  let read = 0;
  for (const sheet of workbook.sheets) {
    const table = new SheetTable(workbook, sheet, options);
    try {
      const { found, header, layout } = await openedTable(table, options);
      table.decimal = options.decimal ?? found.layout?.decimal ?? ".";
      const file = workbook.sheets.length === 1 ? null : sheet.name;
      const statement = {
        file,
        format: "xlsx" as const,
        ...found,
        header: header?.row ?? null,
        above: header?.above ?? [],
        recognise: (row: TableRow) => recogniseHeader(row, options),
      };
      yield* readStatementTable(statement, table.rows(layout), await table.beginning(layout), options);
      read++;
    } catch (error) {
      const usable = usableError(error);
      if (!(usable instanceof UnusableStatementError) || !isOtherSheet(usable)) throw usable;
      // The first sheet that has any rows says best what is missing.
      if (refusal === null || refusal.code === "file.empty") refusal = usable;
    }
  }
  if (read === 0 && refusal !== null) throw refusal;
}

/** Whether a sheet is simply no table of entries: the bank's cover page, or empty. */
function isOtherSheet({ code, option }: UnusableStatementError): boolean {
  return code === "file.empty" || (code === "option.needed" && option === "--map");
}

async function opened(archive: Archive): Promise<Workbook> {
  try {
    return await openWorkbook(archive);
  } catch (error) {
    throw usableError(error);
  }
}
