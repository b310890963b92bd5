import type { Paint } from "./paint.ts";
import { fit, pad, printable, widthOf } from "./width.ts";

/** A column of a table on screen. */
export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  /** Numbers go right. Default left. */
  readonly align?: "left" | "right";
  /** May be cut when the screen is narrow; the widest of these gives way first. Default false. */
  readonly flexible?: boolean;
  /** Colours a cell after it was cut and padded. */
  readonly paint?: (row: Row, cell: string, paint: Paint) => string;
}

const GAP = "  ";
const NARROWEST = 6;

/**
 * A table that fits the screen: columns as wide as their content, flexible ones cut when there is no room.
 *
 * @param columns of the screen, in characters
 */
export function table<Row>(rows: readonly Row[], shape: readonly Column<Row>[], columns: number, paint: Paint): string {
  const cells = rows.map((row) => shape.map((column) => printable(column.value(row))));
  const widths = shape.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((line) => widthOf(line[index] ?? ""))),
  );
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (shape.length - 1) - columns;
  while (excess > 0) {
    let widest = -1;
    for (const [index, column] of shape.entries()) {
      const width = widths[index] ?? 0;
      if (column.flexible === true && width > NARROWEST && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  const line = (texts: readonly string[], colour: (index: number, cell: string) => string): string =>
    texts
      .map((text, index) => colour(index, pad(fit(text, widths[index] ?? 0), widths[index] ?? 0, shape[index]?.align)))
      .join(GAP)
      .trimEnd();
  const head = line(
    shape.map((column) => column.title),
    (_index, cell) => paint("bold", cell),
  );
  const body = rows.map((row, number) =>
    line(cells[number] ?? [], (index, cell) => shape[index]?.paint?.(row, cell, paint) ?? cell),
  );
  return [head, ...body].map((text) => `${text}\n`).join("");
}
