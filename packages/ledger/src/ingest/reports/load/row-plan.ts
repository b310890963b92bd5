import type { CellValue } from "@amazon-pay-kit/reports";
import type { RowCell } from "../../../store/rows/row-tables.ts";

/** How the typed rows of one file become rows of a table; made once a file, from the columns that the file has. */
export interface RowPlan {
  /** Puts a row into `cells` from place `at` on, in the order of the table's columns. */
  fill(row: readonly CellValue[], line: number, cells: RowCell[], at: number): void;
  /** Lines whose row may be identical with one further up; grows as rows are filled. */
  readonly suspects: readonly number[];
  /** The settlements that occurred so far; `null` for other reports, and when there are too many to remember. */
  settlementIds(): readonly string[] | null;
}
