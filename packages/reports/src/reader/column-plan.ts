import type { ReportColumn } from "../events.ts";
import type { ReportKind } from "../kind.ts";
import { columnKey } from "../layouts/column-key.ts";
import type { Column, ColumnType, Layout, Vocabulary } from "../layouts/layout.ts";
import { plainName } from "../layouts/recognise.ts";
import type { PersonalData } from "../options.ts";
import { UnusableReportError } from "../unusable-report-error.ts";

/** How the cells at one place of a line are read. */
export interface PlannedCell {
  /** As in the header line. */
  readonly name: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly personal: boolean;
  readonly repeats: boolean;
  readonly vocabulary: Vocabulary | null;
  readonly id: "amazon" | "merchant" | null;
  /** Blanks around the cell are no part of its value: everything but free text. */
  readonly trimmed: boolean;
  /** Bytes that are no text in the file's encoding are shown, and the row is kept: nothing depends on the letters. */
  readonly free: boolean;
  /** Place of the value in a row, or -1 where it is left out. */
  readonly slot: number;
  /** On amounts: the place in the line of the cell with their currency, or -1 where there is none. */
  readonly currencyCell: number;
  /** On amounts that are added up: their number among the totals; else -1. */
  readonly total: number;
}

/** How the lines of one file become rows. */
export interface ColumnPlan {
  readonly kind: ReportKind;
  /** In the order of the file. */
  readonly cells: readonly PlannedCell[];
  /** In the order of a row. */
  readonly columns: readonly ReportColumn[];
  /** Keys of the amounts that are added up, in the layout's order. */
  readonly totals: readonly string[];
  /** Whether the file has any column with data of the buyer. */
  readonly personal: boolean;
  /** Names of columns that the layout does not know. */
  readonly unknown: readonly string[];
}

const PERSONAL_NAME = /buyer|e-?mail|phone|address|recipient|postal|zip|surname|first ?name|last ?name/i;

/** Whether a column that no layout knows looks as if it held data of the buyer. */
function looksPersonal(name: string): boolean {
  return PERSONAL_NAME.test(name);
}

interface Placed {
  readonly column: Column | null;
  readonly name: string;
  readonly position: number;
}

/** Puts the columns of a file beside those of its layout. */
export function planColumns(
  layout: Layout | null,
  names: readonly string[],
  line: number,
  personalData: PersonalData,
): ColumnPlan {
  const kind: ReportKind = layout?.kind ?? "unknown";
  const positions = positionsOf(names, line);
  const known: Placed[] = (layout?.columns ?? []).map((column) => {
    const position = positions.get(plainName(column.name)) ?? -1;
    return { column, position, name: names[position] ?? column.name };
  });
  for (const { column, position } of known) {
    if (position < 0 && column?.required === true) {
      throw new UnusableReportError(
        "file.missing-column",
        `line ${line}: this ${kind} report has no column ${column.name}, and its rows mean nothing without it; ` +
          "fetch the report again, with all columns",
        { line },
      );
    }
  }
  const taken = new Set(known.map((placed) => placed.position));
  const unknown: Placed[] = names
    .map((name, position) => ({ column: null, name, position }))
    .filter((placed) => !taken.has(placed.position));
  const columns = rowColumns([...known, ...unknown], personalData);
  const totals = (layout?.columns ?? [])
    .filter((column) => column.total === true && positions.has(plainName(column.name)))
    .map((column) => column.key);
  const columnAt = new Map(known.map((placed) => [placed.position, placed.column]));
  const cells = names.map((name, position) =>
    planCell(name, position, columnAt.get(position) ?? null, known, columns, totals),
  );
  const personal = cells.some((cell) => cell.personal);
  return { kind, cells, columns, totals, personal, unknown: unknown.map((placed) => placed.name) };
}

function positionsOf(names: readonly string[], line: number): Map<string, number> {
  const positions = new Map<string, number>();
  for (const [position, name] of names.entries()) {
    const plain = plainName(name);
    if (plain === "") continue;
    if (positions.has(plain)) {
      throw new UnusableReportError(
        "file.duplicate-column",
        `line ${line}: the column ${JSON.stringify(name)} is there twice, and which one counts is not known; ` +
          "fetch the report again",
        { line },
      );
    }
    positions.set(plain, position);
  }
  return positions;
}

function rowColumns(placed: readonly Placed[], personalData: PersonalData): ReportColumn[] {
  const keys = new Set<string>();
  const columns: ReportColumn[] = [];
  for (const { column, name, position } of placed) {
    let key = column?.key ?? columnKey(name, position);
    while (keys.has(key)) key += "_";
    keys.add(key);
    const personal = column === null ? looksPersonal(name) : column.personal === true;
    if (personal && personalData === "drop") continue;
    const type = column?.type ?? "text";
    const currency = type === "amount" ? { currency: column?.currency ?? "currencyCode" } : {};
    columns.push({ name, key, type, known: column !== null, position, personal, ...currency });
  }
  return columns;
}

function planCell(
  name: string,
  position: number,
  column: Column | null,
  known: readonly Placed[],
  columns: readonly ReportColumn[],
  totals: readonly string[],
): PlannedCell {
  const currencyKey = column?.currency ?? "currencyCode";
  const type = column?.type ?? "text";
  const id = column?.id ?? null;
  const vocabulary = column?.vocabulary ?? null;
  const required = column?.required === true;
  return {
    name,
    type,
    required,
    personal: column === null ? looksPersonal(name) : column.personal === true,
    repeats: column?.repeats === true,
    vocabulary,
    id,
    trimmed: type !== "text" || id !== null || vocabulary !== null,
    free: type === "text" && id !== "amazon" && vocabulary === null && !required,
    slot: columns.findIndex((candidate) => candidate.position === position),
    currencyCell: known.find((placed) => placed.column?.key === currencyKey)?.position ?? -1,
    total: column === null ? -1 : totals.indexOf(column.key),
  };
}
