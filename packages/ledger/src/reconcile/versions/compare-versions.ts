import { type Kysely, type RawBuilder, sql } from "kysely";
import { SETTLEMENT_ROWS } from "../../store/rows/row-tables.ts";
import { columns } from "../../store/rows/settle.ts";
import { type SettlementVersion, versionRows } from "../../store/rows/versions.ts";
import type { Schema } from "../../store/schema/index.ts";
import type { SettlementRowTable } from "../../store/schema/reports.ts";
import { type Figures, figuresOf } from "../scan/figures.ts";
import { groupsIn } from "../scan/file-groups.ts";

/** Figures of a settlement that two versions may disagree about, the transfer first. */
export const COMPARED_FIGURES = ["transfer", "opening", "activity", "fees", "closing"] as const;

/** One of {@link COMPARED_FIGURES}. */
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** A figure of the settlement that differs, in minor units. */
export interface FigureDifference {
  readonly figure: ComparedFigure;
  readonly currency: string;
  readonly before: bigint;
  readonly after: bigint;
}

type Row = SettlementRowTable;

/** A row that differs: changed, or only in one of the two versions. */
export interface RowDifference {
  readonly before: Row | null;
  readonly after: Row | null;
}

/** How two versions of a settlement differ. */
export interface VersionDifferences {
  readonly figures: readonly FigureDifference[];
  /** At most {@link MOST_ROWS} of each side. */
  readonly rows: readonly RowDifference[];
  /** Whether there are more rows than are given. */
  readonly more: boolean;
}

/** This many rows that differ are read of each version. */
export const MOST_ROWS = 500;

const MINOR: Readonly<Record<ComparedFigure, (figures: Figures) => bigint>> = {
  transfer: (figures) => figures.transferMinor,
  opening: (figures) => figures.openingMinor,
  activity: (figures) => figures.activityMinor,
  fees: (figures) => figures.feesMinor,
  closing: (figures) => figures.closingMinor,
};

async function figuresIn(db: Kysely<Schema>, rows: RawBuilder<unknown>): Promise<ReadonlyMap<string, Figures>> {
  return new Map(figuresOf(await groupsIn(db, rows)).map((figures) => [figures.currency, figures]));
}

/** Rows of one version that the other does not have. */
async function onlyIn(db: Kysely<Schema>, one: RawBuilder<unknown>, other: RawBuilder<unknown>): Promise<Row[]> {
  const what = columns([...SETTLEMENT_ROWS.identity, "ordinal"]);
  const same = [...SETTLEMENT_ROWS.identity, "ordinal"].map((column) =>
    (SETTLEMENT_ROWS.anchor as readonly string[]).includes(column) || column === "ordinal"
      ? sql`c.${sql.ref(column)} = d.${sql.ref(column)}`
      : sql`c.${sql.ref(column)} is not distinct from d.${sql.ref(column)}`,
  );
  const { rows } = await sql<Row>`
    select c.* from (select ${what} from ${one} a except select ${what} from ${other} b) d
    join ${one} c on ${sql.join(same, sql` and `)} order by c.line limit ${MOST_ROWS + 1}
  `.execute(db);
  return rows;
}

/** What makes two rows of two versions one row that changed: the transaction, else the type. */
function keyOf(row: Row): string {
  return `${row.type_key} ${row.transaction_id ?? ""} ${row.currency}`;
}

function paired(before: readonly Row[], after: readonly Row[]): RowDifference[] {
  const waiting = new Map<string, Row[]>();
  for (const row of after) {
    const known = waiting.get(keyOf(row));
    if (known === undefined) waiting.set(keyOf(row), [row]);
    else known.push(row);
  }
  const changed = before.map((row) => ({ before: row, after: waiting.get(keyOf(row))?.shift() ?? null }));
  const added = [...waiting.values()].flat().map((row) => ({ before: null, after: row }));
  const lineOf = (one: RowDifference): number => one.after?.line ?? one.before?.line ?? 0;
  return [...changed, ...added].sort((left, right) => lineOf(left) - lineOf(right));
}

/** Compares two versions of a settlement: their figures, and their rows one by one. */
export async function compareVersions(
  db: Kysely<Schema>,
  accountId: string,
  before: SettlementVersion,
  after: SettlementVersion,
): Promise<VersionDifferences> {
  const [old, fresh] = [versionRows(accountId, before), versionRows(accountId, after)];
  const [oldFigures, freshFigures] = [await figuresIn(db, old), await figuresIn(db, fresh)];
  const figures: FigureDifference[] = [];
  for (const currency of [...new Set([...oldFigures.keys(), ...freshFigures.keys()])].sort()) {
    for (const figure of COMPARED_FIGURES) {
      const minor = (of: ReadonlyMap<string, Figures>): bigint => {
        const known = of.get(currency);
        return known === undefined ? 0n : MINOR[figure](known);
      };
      const [was, is] = [minor(oldFigures), minor(freshFigures)];
      if (was !== is) figures.push({ figure, currency, before: was, after: is });
    }
  }
  const removed = await onlyIn(db, old, fresh);
  const added = await onlyIn(db, fresh, old);
  return {
    figures,
    rows: paired(removed.slice(0, MOST_ROWS), added.slice(0, MOST_ROWS)),
    more: removed.length > MOST_ROWS || added.length > MOST_ROWS,
  };
}
