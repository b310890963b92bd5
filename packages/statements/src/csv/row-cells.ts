import type { TableRow } from "@amazon-pay-kit/tabular";
import type { StatementColumns } from "./columns.ts";
import type { CsvMember } from "./members.ts";

/** What banks write into the amount's cell of the other direction, where they do not leave it empty. */
const NO_AMOUNT = /^(?:[-\u2010-\u2015\u2212\u30fc*]+|n\/a)$/i;

/** The cells of a row by what they are. */
export class RowCells {
  readonly #columns: StatementColumns;

  constructor(columns: StatementColumns) {
    this.#columns = columns;
  }

  /** The first cell of a member that has something in it. */
  cell(row: TableRow, member: CsvMember): string {
    for (const place of this.#columns.places.get(member) ?? []) {
      const text = row.cells[place]?.trim() ?? "";
      if (text !== "") return text;
    }
    return "";
  }

  /** The cell of a column for one direction; empty where a dash says that there is none. */
  side(row: TableRow, member: "credit" | "debit"): string {
    const text = this.cell(row, member);
    return NO_AMOUNT.test(text) ? "" : text;
  }

  /** All cells of a member, as they stand in the file. */
  cells(row: TableRow, member: CsvMember): readonly string[] {
    return (this.#columns.places.get(member) ?? []).map((place) => row.cells[place] ?? "");
  }

  /** The text of the day; year, month and day where they stand in three columns. */
  dayText(row: TableRow): string {
    const places = this.#columns.places.get("bookedAt") ?? [];
    if (places.length !== 3) return this.cell(row, "bookedAt");
    const parts = places.map((place) => (row.cells[place] ?? "").trim());
    return parts.every((part) => part === "") ? "" : parts.map((part) => part.padStart(2, "0")).join("-");
  }
}
