import type { Paint } from "./paint.ts";
import { fit, pad, printable, widthOf, wrap } from "./width.ts";

/** A column of a table on screen. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Numbers go right. Default left. */
  readonly align?: "left" | "right";
  /** May be cut when the screen is narrow; the widest of these gives way first. Default false. */
  readonly flexible?: boolean;
  /** May go on in the next line of its cell when the screen is narrow: for sentences. Default false. */
  readonly wraps?: boolean;
  /** May be left out when the screen is too narrow, the highest number first. Default: never. */
  readonly spare?: number;
  /** Colours a cell after it was cut and padded. */
  readonly paint?: (row: Row, cell: string, paint: Paint) => string;
}

const GAP = "  ";
/** A flexible column is never cut below this, nor a wrapping one made narrower than that. */
const NARROWEST = { flexible: 8, wraps: 24 } as const;

const longestWord = (text: string): number => Math.max(0, ...text.split(" ").map(widthOf));

/** A column with its cells and how wide it is. */
interface Laid<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly string[];
  readonly full: number;
  readonly least: number;
}

function laid<Row>(rows: readonly Row[], column: Column<Row>): Laid<Row> {
  const cells = rows.map((row) => printable(column.value(row)));
  const full = Math.max(widthOf(column.title), ...cells.map(widthOf));
  const word = Math.max(widthOf(column.title), ...cells.map(longestWord));
  const least =
    column.flexible === true
      ? Math.min(full, Math.max(widthOf(column.title), NARROWEST.flexible))
      : column.wraps === true
        ? Math.min(full, Math.max(word, NARROWEST.wraps))
        : full;
  return { column, cells, full, least };
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

/** Takes from the widest that can give until the row fits. */
function widthsOf(columns: readonly Laid<unknown>[], space: number): number[] {
  const widths = columns.map(({ full }) => full);
  for (let excess = total(widths) - space; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [index, { least }] of columns.entries()) {
      const width = widths[index] ?? 0;
      if (width > least && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Rows one below the other, for a screen on which not even the indispensable columns have package side by side. */
function records<Row>(rows: readonly Row[], columns: readonly Laid<Row>[], space: number, paint: Paint): string {
  const width = Math.max(...columns.map(({ column }) => widthOf(column.title)));
  const blocks = rows.map((row, number) =>
    columns
      .filter(({ cells }) => cells[number] !== "")
      .map(({ column, cells }) => {
        const title = paint("bold", pad(column.title, width));
        const [first = "", ...others] = wrap(cells[number] ?? "", Math.max(1, space - width - GAP.length));
        const painted = [first, ...others].map((text) => column.paint?.(row, text, paint) ?? text);
        return painted.map((text, index) => `${index === 0 ? title : " ".repeat(width)}${GAP}${text}\n`).join("");
      })
      .join(""),
  );
  return blocks.join("\n");
}

/**
 * A table that fits the screen: columns as wide as their content; sentences go on in the next line, flexible columns are
 * cut, spare ones left out (and named below), and as a last resort each row becomes a block of lines.
 *
 * @param space width of the screen, in characters
 */
export function table<Row>(rows: readonly Row[], shape: readonly Column<Row>[], space: number, paint: Paint): string {
  let columns = shape.map((column) => laid(rows, column));
  const leftOut: string[] = [];
  while (total(columns.map(({ least }) => least)) > space) {
    const [spare] = columns
      .filter(({ column }) => column.spare !== undefined)
      .sort((left, right) => (right.column.spare ?? 0) - (left.column.spare ?? 0));
    if (spare === undefined) return records(rows, columns, space, paint);
    leftOut.push(spare.column.title);
    columns = columns.filter((one) => one !== spare);
  }
  const widths = widthsOf(columns as readonly Laid<unknown>[], space);
  const line = (texts: readonly string[], colour: (index: number, cell: string) => string): string =>
    texts
      .map((text, index) => colour(index, pad(text, widths[index] ?? 0, columns[index]?.column.align)))
      .join(GAP)
      .trimEnd();
  const lines = [
    line(
      columns.map(({ column }) => column.title),
      (_index, cell) => paint("bold", cell),
    ),
  ];
  for (const [number, row] of rows.entries()) {
    const cells = columns.map(({ column, cells: all }, index) => {
      const [cell = "", width = 0] = [all[number], widths[index]];
      return column.wraps === true ? wrap(cell, width) : [fit(cell, width)];
    });
    for (let part = 0; part < Math.max(...cells.map((cell) => cell.length)); part += 1) {
      lines.push(
        line(
          cells.map((cell) => cell[part] ?? ""),
          (index, cell) => columns[index]?.column.paint?.(row, cell, paint) ?? cell,
        ),
      );
    }
  }
  const note = `no room for: ${shape
    .map(({ title }) => title)
    .filter((title) => leftOut.includes(title))
    .join(", ")}`;
  if (leftOut.length > 0) lines.push(...wrap(note, space).map((text) => paint("dim", text)));
  return lines.map((text) => `${text}\n`).join("");
}
