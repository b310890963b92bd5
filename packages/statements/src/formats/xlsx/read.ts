import type { Table, TableLayout, TableRow } from "@amazon-pay-kit/tabular";
import { openedTable, usableError } from "../../csv/read-csv.ts";
import { readStatementTable } from "../../csv/read-table.ts";
import { UnusableStatementError } from "../../errors.ts";
import type { FormatEvent } from "../../events.ts";
import type { StatementOptions } from "../../options.ts";
import type { Archive } from "@amazon-pay-kit/packed";
import { sheetRows } from "./rows.ts";
import { openWorkbook, type Sheet, type Workbook } from "./workbook.ts";

/** Rows that are looked through for the column names, and for what only an option can decide. */
const BEGINNING_ROWS = 500;

/** A sheet as a table: its rows can be read any number of times. */
class SheetTable implements Table {
  readonly separator = ",";
  readonly encodingKnown = true;
  readonly encodingProblem = null;
  /** Sign before the decimals of its numbers; that of its texts, once the layout is known. */
  decimal: "." | ",";
  readonly #workbook: Workbook;
  readonly #sheet: Sheet;
  readonly #skip: number;

  constructor(workbook: Workbook, sheet: Sheet, options: StatementOptions) {
    this.#workbook = workbook;
    this.#sheet = sheet;
    this.#skip = options.skipLines ?? 0;
    this.decimal = options.decimal ?? ".";
  }

  async beginning(_layout: TableLayout): Promise<readonly TableRow[]> {
    const rows: TableRow[] = [];
    for await (const row of this.rows(_layout)) if (rows.push(row) >= BEGINNING_ROWS) break;
    return rows;
  }

  async *rows(_layout: TableLayout): AsyncGenerator<TableRow> {
    for await (const row of sheetRows(this.#workbook, this.#sheet, this.decimal)) if (row.line > this.#skip) yield row;
  }

  async close(): Promise<void> {}
}

/**
 * Reads the sheets of an Excel workbook as tables of entries, by the same column names and layouts as CSV. A sheet without
 * column names of a statement is left out where another has them.
 *
 * @throws UnusableStatementError `file.damaged` for a broken workbook, and as for CSV
 */
export async function* readXlsx(archive: Archive, options: StatementOptions): AsyncGenerator<FormatEvent, void, void> {
  const workbook = await openWorkbook(archive);
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
