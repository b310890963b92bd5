import { TableError } from "./errors.ts";
import type { TableRow } from "./row.ts";
import type { Table, TableLayout } from "./table.ts";

/** Separators that are tried where none is named. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;

/** Below this many rows no header is looked for. */
const ROWS_ABOVE = 80;

/** A row with column names, and how it was read. */
export interface FoundHeader<T> {
  /** What recognised it. */
  readonly found: T;
  readonly row: TableRow;
  /** Rows above it, that were not skipped. */
  readonly above: readonly TableRow[];
  readonly layout: TableLayout;
}

/** How a separator is written in a command. */
export function separatorWords(separator: string): string {
  return separator === "\t" ? "--separator tab" : `--separator '${separator}'`;
}

/**
 * Looks for the row of column names in the beginning of a table: under the separator that is known, or under each usual one. A
 * header that can be read in one way only is read so; in two ways, it is refused with the option that decides.
 *
 * @param recognise says what a row is, by its cells alone; `null` for no header
 * @param usualEncodings tried in turn where the beginning is no UTF-8 and nothing says what it is: `recognise` must be sure
 * @returns `null` where no row is recognised: see {@link widestRow} for what to show
 * @throws TableError `table.separator`; `table.encoding` where nothing is recognised and the text is no UTF-8
 */
export async function findHeader<T>(
  table: Table,
  recognise: (row: TableRow, layout: TableLayout) => T | null,
  usualEncodings: readonly string[] = [],
): Promise<FoundHeader<T> | null> {
  for (const usualEncoding of await encodingsOf(table, usualEncodings)) {
    const found: FoundHeader<T>[] = [];
    for (const separator of table.separator === null ? SEPARATORS : [table.separator]) {
      const layout = usualEncoding === undefined ? { separator } : { separator, usualEncoding };
      const header = headerIn((await table.beginning(layout)) ?? [], layout, recognise);
      if (header !== null) found.push(header);
    }
    const [first, second] = found;
    if (first !== undefined && second !== undefined) {
      throw new TableError(
        "table.separator",
        `line ${first.row.line}: the column names can be read with two separators: say ${separatorWords(first.layout.separator)} or ${separatorWords(second.layout.separator)}`,
        { option: "separator", line: first.row.line },
      );
    }
    if (first !== undefined) return first;
  }
  if (table.encodingProblem !== null) throw table.encodingProblem;
  return null;
}

async function encodingsOf(table: Table, usual: readonly string[]): Promise<readonly (string | undefined)[]> {
  if ((await table.beginning({ separator: "," })) !== null || table.encodingKnown) return [undefined];
  return [...new Set(usual)];
}

function headerIn<T>(
  rows: readonly TableRow[],
  layout: TableLayout,
  recognise: (row: TableRow, layout: TableLayout) => T | null,
): FoundHeader<T> | null {
  for (const [at, row] of rows.slice(0, ROWS_ABOVE).entries()) {
    const found = row.problem === null ? recognise(row, layout) : null;
    if (found !== null) return { found, row, above: rows.slice(0, at), layout };
  }
  return null;
}

/**
 * The row of the beginning that falls into the most cells, and the separator that does it: what the file has, for a message, where
 * no header was recognised. `null` for a file without a row.
 */
export async function widestRow(table: Table): Promise<{ readonly row: TableRow; readonly separator: string } | null> {
  let widest: { readonly row: TableRow; readonly separator: string } | null = null;
  for (const separator of SEPARATORS) {
    for (const row of ((await table.beginning({ separator })) ?? []).slice(0, ROWS_ABOVE)) {
      if (row.problem !== null || row.cells.every((cell) => cell.trim() === "")) continue;
      if (widest === null || row.cells.length > widest.row.cells.length) widest = { row, separator };
    }
  }
  return widest;
}
