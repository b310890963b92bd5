import {
  columnList,
  findColumns,
  findHeader,
  numberedPlace,
  SEPARATORS,
  type FoundHeader,
  openTable,
  plainName,
  separatorWords,
  type Table,
  TableError,
  type TableLayout,
  type TableRow,
  unquotedLine,
  widestRow,
} from "@amazon-pay-kit/tabular";
import { UnusableStatementError } from "../errors.ts";
import type { FormatEvent } from "../events.ts";
import type { StatementOptions } from "../options.ts";
import { missingColumn, type StatementColumns, statementColumns } from "./columns.ts";
import type { BankLayout } from "./layout.ts";
import { BANK_LAYOUTS } from "./layouts/index.ts";
import { CSV_MEMBERS, type CsvMember } from "./members.ts";
import { readStatementTable } from "./read-table.ts";
import { hasHeader, layoutNamed, layoutOf } from "./recognise.ts";

/** What a header says. */
export interface RecognisedHeader {
  readonly layout: BankLayout | null;
  readonly columns: StatementColumns;
}

/** The places of the columns that were mapped. @throws TableError `table.mapping` */
function mappedPlaces(header: TableRow, map: StatementOptions["map"]): ReadonlyMap<CsvMember, readonly number[]> {
  const unknown = Object.keys(map ?? {}).find((member) => !(CSV_MEMBERS as readonly string[]).includes(member));
  if (unknown !== undefined) {
    const message = `--map ${unknown}=…: there is no such field; it is one of ${CSV_MEMBERS.join(", ")}`;
    throw new UnusableStatementError("option.invalid", message, { option: "--map" });
  }
  return findColumns<CsvMember>(header, { names: {}, map: map ?? {} });
}

/** Whether a row has every column that was mapped: another row is not the header that was meant. */
function hasMapped(row: TableRow, map: StatementOptions["map"]): boolean {
  try {
    mappedPlaces(row, map);
    return true;
  } catch (error) {
    if (error instanceof TableError && /two columns/.test(error.message)) throw error;
    if (error instanceof TableError) return false;
    throw error;
  }
}

/**
 * What a row of column names says, by the named layout, by a layout that has this header, or by the names of its columns.
 *
 * @returns null for a row that is no header of a statement
 */
export function recogniseHeader(
  row: TableRow,
  options: StatementOptions,
  usualEncoding?: string | undefined,
): RecognisedHeader | null {
  if (!hasMapped(row, options.map)) return null;
  const named = options.bank === undefined ? null : layoutNamed(options.bank);
  if (named !== null && !hasHeader(row, named)) return null;
  const layout = named ?? layoutOf(row);
  // In another encoding than UTF-8 only a layout that is known to have it is sure.
  if (usualEncoding !== undefined && layout?.encoding !== usualEncoding) return null;
  const columns = statementColumns(row, layout, mappedPlaces(row, options.map));
  if (missingColumn(columns.places) !== null) return null;
  const { rivals } = columns;
  if (rivals !== null) {
    const names = rivals.places.map((at) => row.cells[at]?.trim() ?? "");
    const which =
      new Set(names).size === names.length
        ? names
        : names.map((name, at) => `${name} (#${(rivals.places[at] ?? 0) + 1})`);
    const what = rivals.member === "bookedAt" ? "date of booking" : rivals.member;
    const message =
      `line ${row.line}: each of ${which.join(", ")} may be the ${what}: say which with --map ${rivals.member}=COLUMN` +
      (which === names ? "" : ", COLUMN by its number");
    throw new UnusableStatementError("option.needed", message, {
      option: "--map",
      line: row.line,
      columns: namesOf(row),
    });
  }
  return { layout, columns };
}

/** The names in a row of column names, as `--map` takes them: by its number where two columns have one name. */
function namesOf({ cells }: TableRow): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  return names.flatMap((name, at) =>
    name === "" ? [] : names.indexOf(name) === names.lastIndexOf(name) ? name : `#${at + 1}`,
  );
}

/** Columns that only reports of Amazon have. */
const AMAZON = new Set([
  "amazontransactionid",
  "amazonorderreferenceid",
  "settlementid",
  "amazoncaptureid",
  "amazonrefundid",
]);

/** Something that no column is called, and an entry has. */
const ENTRY_DAY = /^\s*(?:\d{1,4}([-./])\d{1,2}\1\d{1,4}|\d{8})\b/;

/** Digits with decimals, as an amount mostly has. */
const LIKE_AMOUNT = /^[^\p{L}\d]*\d[\d.,' \u00a0\u202f’]*[.,]\d{2}[^\p{L}\d]*$/u;

async function refusal(table: Table, options: StatementOptions): Promise<UnusableStatementError> {
  const widest = await widestRow(table);
  if (widest === null)
    return new UnusableStatementError("file.empty", "the file is empty: it has no line of column names");
  const { row, separator } = widest;
  const { line } = row;
  if (options.bank !== undefined) {
    const layout = layoutNamed(options.bank);
    const lacks = layout.header.filter((name) => !hasHeader(row, { ...layout, header: [name] }));
    const message = `no line has the columns of ${layout.title} (--bank ${layout.name}): line ${line} lacks ${lacks.join(", ")}`;
    return new UnusableStatementError("option.invalid", message, { option: "--bank", line });
  }
  if (table.separator !== null && table.separator !== separator && row.cells.length > 1) {
    const message =
      `line ${line}: with ${separatorWords(table.separator)} no line has the columns of a statement; ` +
      `most likely it is ${separatorWords(separator)}: ${columnList(row)}`;
    return new UnusableStatementError("option.needed", message, { option: "--separator", line });
  }
  if (row.cells.some((cell) => AMAZON.has(plainName(cell)))) {
    const message = `line ${line}: this is a report of Amazon's, not a bank's statement: apay parse reads it, and apay sync takes it in`;
    throw new UnusableStatementError("file.not-a-statement", message, { line });
  }
  // Says which mapped column is missing, if one is.
  const places = mappedPlaces(row, options.map);
  const missing = missingColumn(statementColumns(row, null, places).places) ?? "entries";
  const read = table.separator === null && separator !== "," ? ` (read with ${separatorWords(separator)})` : "";
  const day = row.cells.findIndex((cell) => ENTRY_DAY.test(cell));
  // What looks like an amount is proposed, and read by nobody before it is named.
  const amount = row.cells.findIndex((cell, at) => at !== day && LIKE_AMOUNT.test(cell.trim()));
  const numbers =
    day < 0
      ? ""
      : "; if the file has no column names, number its columns, for example " +
        `--map bookedAt=#${day + 1} --map amount=#${amount < 0 ? "N" : amount + 1} --map text=#N`;
  const message = `line ${line}: no column holds the ${missing}; the file has ${columnList(row)}${read}${numbers}`;
  return new UnusableStatementError("option.needed", message, { option: "--map", line, columns: namesOf(row) });
}

/** An error of a table as one of this package; any other stays. */
export function usableError(error: unknown): unknown {
  if (!(error instanceof TableError)) return error;
  const code =
    error.code === "table.encoding"
      ? "file.encoding"
      : error.code === "table.record-too-long" || error.code === "table.workbook"
        ? "file.damaged"
        : error.code === "table.separator" && error.line !== null
          ? "option.needed"
          : "option.invalid";
  return new UnusableStatementError(code, error.message, {
    ...(error.option === null ? {} : { option: `--${error.option}` }),
    ...(error.line === null ? {} : { line: error.line }),
    cause: error,
  });
}

/** Whether columns are named by their numbers alone, as for a file without column names. */
function isNumbered(map: StatementOptions["map"]): boolean {
  const columns = Object.values(map ?? {});
  return columns.length > 0 && columns.every((column) => numberedPlace(column ?? "") !== null);
}

/** The one usual separator under which the first row with the columns that were numbered has them. @throws UnusableStatementError */
async function separatorOfNumbered(table: Table, { places }: StatementColumns): Promise<string> {
  const most = Math.max(...[...places.values()].flat()) + 1;
  const fitting: string[] = [];
  let line = 1;
  for (const separator of SEPARATORS) {
    const rows = (await table.beginning({ separator })) ?? [];
    const row = rows.find(({ cells }) => cells.length >= most && cells.some((cell) => cell.trim() !== ""));
    if (row === undefined) continue;
    fitting.push(separator);
    line = row.line;
  }
  const [only, second] = fitting;
  if (only !== undefined && second === undefined) return only;
  if (table.encodingProblem !== null) throw table.encodingProblem;
  const message =
    only === undefined
      ? `no line has the ${most} columns that --map numbers, whatever separates them: say which sign does with --separator`
      : `line ${line}: ${fitting.map(separatorWords).join(" and ")} both divide the lines into ${most} columns: say which`;
  throw new UnusableStatementError("option.needed", message, { option: "--separator", line });
}

/** A table whose columns are known. */
export interface OpenedTable {
  readonly found: RecognisedHeader;
  readonly header: FoundHeader<RecognisedHeader> | null;
  readonly layout: TableLayout;
}

/**
 * Finds the column names of a table, by a bank's layout or by themselves.
 *
 * @throws TableError, UnusableStatementError
 */
export async function openedTable(table: Table, options: StatementOptions): Promise<OpenedTable> {
  const named = options.bank === undefined ? null : layoutNamed(options.bank);
  const row = { line: 0, cells: Array.from({ length: 64 }, () => ""), problem: null };
  if (named === null && isNumbered(options.map)) {
    const columns = statementColumns(row, null, mappedPlaces(row, options.map));
    if (missingColumn(columns.places) === null) {
      const separator = table.separator ?? (await separatorOfNumbered(table, columns));
      return { found: { layout: null, columns }, header: null, layout: { separator } };
    }
  }
  if (named !== null && named.header.length === 0) {
    const columns = statementColumns(row, named, mappedPlaces(row, options.map));
    const layout = { separator: table.separator ?? named.separator, usualEncoding: named.encoding };
    return { found: { layout: named, columns }, header: null, layout };
  }
  const encodings = BANK_LAYOUTS.flatMap(({ encoding }) => encoding ?? []);
  const header = await findHeader(
    table,
    (row, { usualEncoding }) => recogniseHeader(row, options, usualEncoding),
    encodings,
  );
  if (header === null) throw await refusal(table, options);
  const usualEncoding = header.found.layout?.encoding;
  return { found: header.found, header, layout: { separator: header.layout.separator, usualEncoding } };
}

async function* mapped<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncGenerator<T, void, void> {
  for await (const item of items) yield change(item);
}

/**
 * Reads a statement as CSV. Its columns are found by their names, or mapped; how banks lay out their exports is known by header.
 *
 * @param file name inside an archive, or null
 * @throws UnusableStatementError
 */
export async function* readCsv(
  file: string | null,
  bytes: AsyncIterable<Uint8Array>,
  options: StatementOptions,
): AsyncGenerator<FormatEvent, void, void> {
  let table: Table | null = null;
  try {
    table = await openTable(bytes, options);
    const { found, header, layout } = await openedTable(table, options);
    const statement = {
      file,
      format: "csv" as const,
      ...found,
      header: header?.row ?? null,
      above: header?.above ?? [],
      recognise: (row: TableRow) => recogniseHeader(row, options),
    };
    const asRow = (row: TableRow): TableRow => unquotedLine(row, layout.separator, found.columns.count);
    const beginning = ((await table.beginning(layout)) ?? []).map(asRow);
    yield* readStatementTable(statement, mapped(table.rows(layout), asRow), beginning, options);
  } catch (error) {
    throw usableError(error);
  } finally {
    await table?.close();
  }
}
