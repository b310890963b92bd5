import type { TableRow } from "../row.ts";
import type { Table, TableLayout } from "../table.ts";
import { sheetRows } from "./rows.ts";
import type { Sheet, Workbook } from "./workbook.ts";

/** Rows that are looked through for the column names, and for what only an option can decide. */
const BEGINNING_ROWS = 500;

/** How a sheet is read. */
export interface SheetOptions {
  /** Rows above the column names. Default 0. */
  readonly skipLines?: number | undefined;
  /** Sign before the decimals of the texts of the sheet, which its numbers then get too. Default: the point. */
  readonly decimal?: "." | "," | undefined;
}

/** A sheet of a workbook as a table: its rows can be read any number of times. */
export class SheetTable implements Table {
  readonly separator = ",";
  readonly encodingKnown = true;
  readonly encodingProblem = null;
  /** Sign before the decimals of its numbers; that of its texts, once the layout is known. */
  decimal: "." | ",";
  readonly #workbook: Workbook;
  readonly #sheet: Sheet;
  readonly #skip: number;

  constructor(workbook: Workbook, sheet: Sheet, options: SheetOptions) {
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

  async *batches(layout: TableLayout): AsyncGenerator<readonly TableRow[]> {
    let rows: TableRow[] = [];
    for await (const row of this.rows(layout)) {
      if (rows.push(row) < BEGINNING_ROWS) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }

  async close(): Promise<void> {}
}
