import { LAYOUTS } from "./index.ts";
import type { Layout } from "./layout.ts";

/**
 * The form in which names of columns are compared: letters and digits in lower case.
 *
 * A file that somebody has opened and saved may hold `Transaction Posted Date`; it means the same column.
 */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function holds(names: ReadonlySet<string>, columns: readonly string[]): boolean {
  return columns.length > 0 && columns.every((column) => names.has(plainName(column)));
}

/**
 * The layout to which a header line belongs, or `null` when no layout knows it.
 *
 * Goes by content, never by file name: telling columns that decide, then the first column, then telling columns in any place.
 */
export function recogniseLayout(columnNames: readonly string[]): Layout | null {
  const plain = columnNames.map(plainName);
  const names = new Set(plain);
  const first = plain[0] ?? "";
  return (
    LAYOUTS.find((layout) => layout.decisive === true && holds(names, layout.tellingColumns)) ??
    LAYOUTS.find((layout) => layout.firstColumns.some((column) => plainName(column) === first)) ??
    LAYOUTS.find((layout) => holds(names, layout.tellingColumns)) ??
    null
  );
}

/**
 * The layout that a preamble names by its title, where the columns below it are that report's: it outweighs a column that
 * would tell another report, since any report may grow a new column.
 */
export function titledLayout(titles: readonly string[], columnNames: readonly string[]): Layout | null {
  const plain = new Set(titles.map(plainName));
  const names = new Set(columnNames.map(plainName));
  return (
    LAYOUTS.find(
      ({ title, tellingColumns }) => title !== undefined && plain.has(plainName(title)) && holds(names, tellingColumns),
    ) ?? null
  );
}
