import type { RowProblem } from "../events.ts";
import type { Tokenizer } from "../csv/tokenizer.ts";
import type { ColumnType } from "../layouts/layout.ts";
import type { CellFault } from "./cell.ts";
import type { ColumnPlan } from "./column-plan.ts";

const SHOWN: Readonly<Record<ColumnType, RegExp | null>> = {
  text: null,
  instant: /^(?=.*(?:\d{4}-\d|\d[/.]\d))[\d\-/:.TZ+ ]{6,32}$/,
  amount: /^[+-]?[\d.,]{1,24}$/,
  currency: /^[A-Za-z]{3}$/,
};

/**
 * A cell as a message may show it: in full only if it looks like what the column should hold.
 *
 * In a row whose cells have shifted, a buyer's name or telephone number may stand where a currency or a time should.
 * So whatever does not look right is only described by its length, and in a file with data of buyers nothing but
 * what looks like an amount is shown.
 */
export function shownCell(text: string, type: ColumnType, personalFile: boolean): string {
  const shown = personalFile && type !== "amount" ? null : SHOWN[type];
  if (shown?.test(text) === true) return JSON.stringify(text);
  return text.length === 1 ? "a text of 1 character" : `a text of ${text.length} characters`;
}

/** What is wrong with a cell, as one problem of its row. */
export function cellProblem(column: string, found: string, fault: CellFault): RowProblem {
  return {
    code: fault.code,
    column,
    message: `${column}: expected ${fault.expected}, found ${found}; ${fault.remedy}`,
  };
}

/** A record with too few or too many cells. */
export function cellCountProblem(expected: number, found: number): RowProblem {
  return {
    code: "row.cell-count",
    message:
      `expected ${expected} cells, as the line of column names has, found ${found}; ` +
      "a separator or a quote is missing or too many, or the line was cut off: fetch the report again",
  };
}

/** The line of column names once more, in the middle of the rows. */
export function repeatedNamesProblem(): RowProblem {
  return {
    code: "row.repeated-names",
    message:
      "expected a row, found the column names once more; two files were joined into one: " +
      "read each by itself, or fetch the reports again",
  };
}

/** A quote where none may be. */
export function quoteProblem(problem: Tokenizer["problem"], cell: number, plan: ColumnPlan): RowProblem {
  const name = plan.cells[cell]?.name;
  const where = name === undefined ? `cell ${cell + 1}` : `${name}`;
  const message =
    problem === "text-after-quoted-cell"
      ? `${where}: expected a comma or a line end after the closing quote; a quote inside a cell must be doubled`
      : `${where}: expected no quote in a cell that does not begin with one; the quote before it is missing`;
  return { code: "row.quote", ...(name === undefined ? {} : { column: name }), message };
}

/** A quote that opens a cell and is never closed. */
export function unterminatedProblem(last: boolean, rowBytes: number): RowProblem {
  const where = last ? "before the file ends" : `within ${rowBytes} bytes`;
  return {
    code: "row.unterminated-quote",
    message: `a cell begins with a quote, and no quote closes it ${where}; the line was cut off: fetch the report again`,
  };
}

/** A line without an end. */
export function overlongProblem(rowBytes: number): RowProblem {
  return {
    code: "row.too-long",
    message: `the line is longer than ${rowBytes} bytes; line breaks are missing: fetch the report again, or raise the limit`,
  };
}
