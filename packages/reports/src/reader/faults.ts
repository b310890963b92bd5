import type { RowProblem } from "../events.ts";
import type { ColumnType } from "../layouts/layout.ts";
import type { CellFault } from "./cell.ts";

const SHOWN: Readonly<Record<ColumnType, RegExp | null>> = {
  text: null,
  instant: /^(?=.*(?:\d{4}-\d|\d[/.]\d))[\d\-/:.TZ+ ]{6,32}$/,
  amount: /^[+-]?[\d.,]{1,24}$/,
  currency: /^[A-Za-z]{3}$/,
};

/**
 * A cell as a message may show it: in full only if it looks like what the column should hold.
 *
 * In a row whose cells have shifted, a buyer's name may stand where an amount should; so whatever does not look like
 * an amount, a time or a currency is only described by its length.
 */
export function shownCell(text: string, type: ColumnType, personal: boolean): string {
  if (!personal && SHOWN[type]?.test(text) === true) return JSON.stringify(text);
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
