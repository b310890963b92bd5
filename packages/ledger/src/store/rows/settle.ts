import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../schema/index.ts";
import type { RowsWritten } from "./bulk-load.ts";
import type { RowTable } from "./row-tables.ts";

/** Where the rows of a load lie while they are settled, and how its database says a few things. */
export interface Settling {
  readonly db: Kysely<Schema>;
  readonly table: RowTable;
  /** Name of the table with the new rows: the table itself, or a staging table. */
  readonly rows: string;
  /** "Equal, or both empty". */
  readonly same: "is" | "is not distinct from";
  /** Starts of a join from the new rows to the known ones, by the index that the anchor leads. */
  readonly joinKnown: RawBuilder<unknown>;
  /** A set of numbers as something that `in` takes. */
  readonly set: (numbers: readonly number[]) => RawBuilder<unknown>;
}

/** Names of columns as a list, of a table where one is given. */
export function columns(names: readonly string[], of?: string): RawBuilder<unknown> {
  return sql.join(names.map((name) => sql.ref(of === undefined ? name : `${of}.${name}`)));
}

/**
 * Numbers identical rows within the file, in the order of the file: 0 for the first, 1 for the second, …
 *
 * Only suspects and rows with the anchor of one are looked at, so that a file without identical rows costs little.
 */
export async function numberIdenticalRows(settling: Settling, written: RowsWritten): Promise<void> {
  if (written.suspects.length === 0) return;
  const { table, set } = settling;
  const rows = sql.table(settling.rows);
  const ofFile = sql`account_id = ${written.accountId} and file_id = ${written.fileId}`;
  await sql`
    update ${rows} set ordinal = numbered.place from (
      select line, row_number() over (partition by ${columns(table.identity)} order by line) - 1 as place
      from ${rows}
      where ${ofFile} and (${columns(table.anchor)}) in (
        select ${columns(table.anchor)} from ${rows} where ${ofFile} and line in ${set(written.suspects)})) as numbered
    where ${ofFile} and ${rows}.line = numbered.line and numbered.place > 0
  `.execute(settling.db);
}

/** Whether another file may have delivered some of the rows: certain when it says no. */
export async function othersMayHold(db: Kysely<Schema>, written: RowsWritten): Promise<boolean> {
  if (written.settlementIds === null) return true;
  for (const settlementId of written.settlementIds) {
    for (const table of ["settlement_row", "superseded_row"] as const) {
      const other = await db
        .selectFrom(table)
        .select("line")
        .where("account_id", "=", written.accountId)
        .where("settlement_id", "=", settlementId)
        .where("file_id", "!=", written.fileId)
        .limit(1)
        .executeTakeFirst();
      if (other !== undefined) return true;
    }
  }
  return false;
}

/** That two rows agree in some columns, of which any may be empty. */
export function columnsAgree(
  names: readonly string[],
  one: string,
  other: string,
  same: Settling["same"],
): RawBuilder<unknown> {
  return sql.join(
    names.map((name) => sql`${sql.ref(`${one}.${name}`)} ${sql.raw(same)} ${sql.ref(`${other}.${name}`)}`),
    sql` and `,
  );
}

function agree(settling: Settling): RawBuilder<unknown> {
  const { anchor, identity } = settling.table;
  const pair = (column: string, word: string): RawBuilder<unknown> =>
    sql`${sql.ref(`known.${column}`)} ${sql.raw(word)} ${sql.ref(`fresh.${column}`)}`;
  const rest = identity.filter((column) => !anchor.includes(column));
  return sql.join(
    [...anchor.map((column) => pair(column, "=")), ...rest.map((column) => pair(column, settling.same))],
    sql` and `,
  );
}

/**
 * Notes in `row_repeat` the rows that another file has already delivered.
 *
 * @returns how many there are; the caller keeps them out of the table
 */
export async function noteRepeats(settling: Settling, written: RowsWritten): Promise<number> {
  const { db, rows } = settling;
  if (!(await othersMayHold(db, written))) return 0;
  const noted = await sql`
    insert into row_repeat (account_id, file_id, line, first_file_id, first_line)
    select account_id, file_id, line, first_file_id, first_line from (
      select fresh.account_id, fresh.file_id, fresh.line, known.file_id as first_file_id, known.line as first_line,
        row_number() over (partition by fresh.line order by known.file_id, known.line) as choice
      from ${sql.table(rows)} as fresh
      ${settling.joinKnown} on known.account_id = fresh.account_id and ${agree(settling)}
        and known.ordinal = fresh.ordinal and known.file_id <> fresh.file_id
      where fresh.account_id = ${written.accountId} and fresh.file_id = ${written.fileId}) as pairs
    where choice = 1
  `.execute(db);
  return Number(noted.numAffectedRows ?? 0n);
}
