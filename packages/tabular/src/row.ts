/** A row of a table. */
export interface TableRow {
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  /** Texts of its cells, without the quotes around them. */
  readonly cells: readonly string[];
  /** Why the row cannot be told apart; its cells are then not to be trusted. */
  readonly problem: "quote" | "unterminated-quote" | null;
  /** Cells of a workbook, by place, whose number has more than the fifteen digits that a spreadsheet keeps. */
  readonly shortened?: readonly number[];
}

/**
 * Why a row is not one of a table with this header, as a sentence; `null` where it is. More cells than columns are a separator
 * within a cell that is not quoted: what stands in which column could only be guessed. Fewer are cells left out at the end.
 */
export function rowFault(row: TableRow, columns: number): string | null {
  if (row.problem === "unterminated-quote")
    return "a quote is opened here and never closed: the lines below were not read";
  const filled = row.cells.findLastIndex((cell) => cell.trim() !== "") + 1;
  const quoted = row.problem === "quote" || (filled > columns && row.cells.some((cell) => cell.includes('"')));
  if (quoted) return "the line is damaged: a quote stands where none may be";
  if (filled <= columns) return null;
  return `the line has ${filled} cells, but the header names ${columns} columns: a separator within a cell that is not quoted`;
}

/** Whether a row has nothing but blanks. */
export function isBlankRow(row: TableRow): boolean {
  return row.problem === null && row.cells.every((cell) => cell.trim() === "");
}
