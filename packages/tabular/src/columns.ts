import { TableError } from "./errors.ts";
import type { TableRow } from "./row.ts";

/**
 * A column name as it is compared: letters and digits of any script, in one width, without case, accents, blanks and signs.
 * `plainName("Order_Number")` is `ordernumber`, `plainName("Débit (€)")` is `debit`.
 */
export function plainName(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** Where the members of a row stand: the numbers of their columns, from 0. */
export type Columns<Member extends string> = ReadonlyMap<Member, readonly number[]>;

/** What the columns of a table may be called. */
export interface ColumnNames<Member extends string> {
  /** Names by member, the best first; compared as {@link plainName} has them. */
  readonly names: Readonly<Partial<Record<Member, readonly string[]>>>;
  /** Members that take every column with one of their names, in the order of the file; others take the best. */
  readonly all?: readonly Member[];
  /** What the person says: wins over the names. `#3` is the third column. */
  readonly map?: Readonly<Partial<Record<Member, string>>>;
}

const PLAIN = new WeakMap<readonly string[], readonly string[]>();

/** {@link plainName} of a list that a layout holds: a header is compared with all of them, file after file, so they are kept. */
export function plainNames(known: readonly string[]): readonly string[] {
  const kept = PLAIN.get(known) ?? known.map(plainName);
  PLAIN.set(known, kept);
  return kept;
}

/**
 * Finds the columns by a row of names.
 *
 * @example
 * const header = { line: 1, cells: ["Date", "Total", "Net"], problem: null };
 * findColumns(header, { names: { amount: ["Amount", "Total"] }, map: { amount: "Net" } }).get("amount"); // [2]
 * @throws TableError `table.mapping` where the map names a column that the row lacks or has twice
 */
export function findColumns<Member extends string>(header: TableRow, wanted: ColumnNames<Member>): Columns<Member> {
  const names = header.cells.map(plainName);
  const columns = new Map<Member, readonly number[]>();
  for (const [member, known] of Object.entries(wanted.names) as [Member, readonly string[]][]) {
    const places = plainNames(known)
      .map((name) => names.indexOf(name))
      .filter((place) => place >= 0);
    if (places.length === 0) continue;
    const all = wanted.all?.includes(member) === true;
    columns.set(member, all ? [...new Set(places)].toSorted((left, right) => left - right) : places.slice(0, 1));
  }
  for (const [member, column] of Object.entries(wanted.map ?? {}) as [Member, string][]) {
    columns.set(member, [mappedPlace(header, names, member, column)]);
  }
  return columns;
}

/** The place that a column's number names, `#3` for the third; `null` for a name. */
export function numberedPlace(column: string): number | null {
  const number = /^#(\d{1,4})$/.exec(column.trim())?.[1];
  return number === undefined || Number(number) === 0 ? null : Number(number) - 1;
}

function mappedPlace(header: TableRow, names: readonly string[], member: string, column: string): number {
  const numbered = numberedPlace(column);
  // A column without a name, or a file without names.
  if (numbered !== null && numbered < header.cells.length) return numbered;
  const exact = header.cells.map((cell) => cell.trim() === column.trim());
  const plain = plainName(column);
  const matches = exact.includes(true) ? exact : names.map((name) => name !== "" && name === plain);
  const place = matches.indexOf(true);
  if (place >= 0 && matches.lastIndexOf(true) === place) return place;
  const fault = place < 0 ? "the file has no such column" : "the file has two columns of that name";
  throw new TableError(
    "table.mapping",
    `line ${header.line}: --map ${member}=${JSON.stringify(column)}: ${fault}; it has ${columnList(header)}`,
    { option: "map", line: header.line },
  );
}

/** The columns of a header as a list for a message. */
export function columnList(header: TableRow): string {
  return header.cells
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "")
    .slice(0, 40)
    .map((cell) => (cell.length > 60 ? `${cell.slice(0, 60)}…` : cell))
    .join(", ");
}
