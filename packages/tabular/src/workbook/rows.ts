import { columnOf, dayText, hasLostDigits, numberText } from "./cell.ts";
import { brokenWorkbook, readPart, unescaped } from "./part.ts";
import type { TableRow } from "../row.ts";
import type { Sheet, Workbook } from "./workbook.ts";

const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

interface OpenCell {
  readonly column: number;
  readonly type: string;
  readonly isDay: boolean;
  /** Text of `v`. */
  value: string;
  /** Texts of `is`. */
  inline: string;
}

function textOf(cell: OpenCell, workbook: Workbook, decimal: "." | ","): string {
  const { type, value, inline, isDay } = cell;
  if (type === "s") {
    const text = workbook.sharedTexts[Number(value)];
    if (text === undefined && value !== "") throw brokenWorkbook(`a cell names the text ${value}, which it has not`);
    return text ?? "";
  }
  if (type === "inlineStr") return unescaped(inline);
  if (type === "str") return unescaped(value);
  if (type === "b") return value === "1" ? "TRUE" : "FALSE";
  // A day in words of ISO 8601, or the error of a formula.
  if (type === "d") return value.replace(/T00:00:00(?:\.0+)?Z?$/, "");
  if (type === "e" || value === "") return value;
  return isDay ? dayText(value, workbook.from1904) : numberText(value, decimal);
}

/**
 * Rows of a sheet as rows of a table: days as `2026-10-05`, numbers exact and without groups. Rows that are blank are left
 * out; `line` is the number of the row in the sheet.
 *
 * @param decimal sign before the decimals of numbers, so that one option fits them and the texts beside them
 * @throws TableError `table.workbook`
 */
export async function* sheetRows(
  workbook: Workbook,
  sheet: Sheet,
  decimal: "." | ",",
): AsyncGenerator<TableRow, void, void> {
  let rows: TableRow[] = [];
  let [line, nextColumn] = [0, 0];
  let cells: string[] = [];
  let lost: number[] = [];
  let cell: OpenCell | null = null;
  let place: "v" | "is" | null = null;
  let inReading = false;
  const parts = readPart<TableRow>(
    workbook.archive,
    sheet.path,
    {
      open(name, attributes) {
        if (name === "row") {
          line = Number(attributes["r"] ?? line + 1);
          if (!Number.isInteger(line) || line < 1 || line > MOST_ROWS)
            throw brokenWorkbook(`a row has the number ${attributes["r"]}`);
          cells = [];
          lost = [];
          nextColumn = 0;
        } else if (name === "c") {
          const column = columnOf(attributes["r"] ?? "") ?? nextColumn;
          if (column >= MOST_COLUMNS) throw brokenWorkbook(`row ${line} has more than ${MOST_COLUMNS} columns`);
          nextColumn = column + 1;
          const isDay = workbook.dayFormats[Number(attributes["s"] ?? 0)] === true;
          cell = { column, type: attributes["t"] ?? "n", isDay, value: "", inline: "" };
        } else if (name === "v") place = "v";
        else if (name === "t") place = "is";
        else if (name === "rPh") inReading = true;
      },
      text(text) {
        if (cell === null || inReading) return;
        if (place === "v") cell.value += text;
        if (place === "is") cell.inline += text;
      },
      close(name) {
        if (name === "v" || name === "t") place = null;
        else if (name === "rPh") inReading = false;
        else if (name === "c" && cell !== null) {
          while (cells.length < cell.column) cells.push("");
          cells[cell.column] = textOf(cell, workbook, decimal);
          if (cell.type === "n" && !cell.isDay && hasLostDigits(cell.value)) lost.push(cell.column);
          cell = null;
        } else if (name === "row" && cells.some((text) => text.trim() !== ""))
          rows.push({ line, cells, problem: null, ...(lost.length === 0 ? {} : { shortened: lost }) });
      },
    },
    () => {
      const complete = rows;
      rows = [];
      return complete;
    },
  );
  yield* parts;
}
