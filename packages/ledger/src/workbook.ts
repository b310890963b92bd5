import { printableText } from "@amazon-pay-kit/money";
import type { Cell } from "write-excel-file/node";

/** What the cells of a column are. Amounts are decimal texts with the currency's digits. */
export type WorkbookKind = "text" | "amount" | "integer";

/** A column of a sheet. */
export interface WorkbookColumn {
  readonly title: string;
  readonly kind: WorkbookKind;
}

/** One sheet of a workbook for people. */
export interface WorkbookSheet {
  readonly name: string;
  readonly columns: readonly WorkbookColumn[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What a sheet can hold, its headings included. */
export const MOST_SHEET_ROWS = 1_048_576;

/** A spreadsheet keeps fifteen digits of a number: what has more stays a text, so that no digit is lost. */
const EXACT_DIGITS = 15;
const LONGEST_TEXT = 32_767;

function cellOf(value: string | number | null, kind: WorkbookKind): Cell {
  if (value === null || value === "") return null;
  const text = String(value);
  if (kind === "integer") return { value: Number(value), type: Number, format: "0" };
  if (kind === "amount" && /^-?\d+(\.\d+)?$/.test(text) && text.replaceAll(/\D/g, "").length <= EXACT_DIGITS) {
    const digits = text.split(".")[1]?.length ?? 0;
    return { value: Number(text), type: Number, format: digits === 0 ? "#,##0" : `#,##0.${"0".repeat(digits)}` };
  }
  // A cell that is said to be a text is never taken for a formula.
  return { value: printableText(text).slice(0, LONGEST_TEXT), type: String };
}

function widthOf(column: WorkbookColumn, rows: WorkbookSheet["rows"], at: number): number {
  const longest = rows.slice(0, 200).reduce((most, row) => Math.max(most, String(row[at] ?? "").length), 0);
  return Math.min(60, Math.max(column.title.length, longest) + 2);
}

/** The first day that a zip can say, by its own calendar, which has no time zone. */
const PACKED = new Date(1980, 0, 1);

/** The bytes of a workbook (xlsx): amounts are numbers in the format of their currency's digits, headings stay in sight. The same tables give the same bytes. */
export async function workbookOf(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  // Most programs that open the books write no workbook.
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const written = writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      columns: columns.map((column, at) => ({ width: widthOf(column, rows, at) })),
      stickyRowsCount: 1,
      data: [
        columns.map(({ title, kind }): Cell => ({
          value: title,
          type: String,
          fontWeight: "bold",
          align: kind === "text" ? "left" : "right",
        })),
        ...rows.map((row) => columns.map(({ kind }, at): Cell => cellOf(row[at] ?? null, kind))),
      ],
    })),
  );
  const { unzipSync, zipSync } = await import("fflate");
  // The archive says when it was packed; without that the same tables are the same bytes.
  return zipSync(unzipSync(await written.toBuffer()), { mtime: PACKED });
}
