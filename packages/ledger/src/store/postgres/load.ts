import { type Kysely, type RawBuilder, sql } from "kysely";
import type { PoolClient } from "pg";
import type { BulkLoad, RowsWritten, RowWriter } from "../rows/bulk-load.ts";
import type { RowTable } from "../rows/row-tables.ts";
import { type InPlace, settleWhereTheyLie } from "../rows/settle-where-they-lie.ts";
import { columns, numberIdenticalRows, othersMayHold, type Settling } from "../rows/settle.ts";
import { settleRepeats } from "../rows/versions.ts";
import type { Schema } from "../schema/index.ts";
import { Copying, Inserting } from "./write-rows.ts";

/**
 * A table for rows on their way, of this connection alone and empty at the end of each transaction. It stays with the
 * connection: making one for every file costs as much as copying a small file, and swells the server's catalogue.
 */
async function stage(client: PoolClient, rows: string, table: RowTable): Promise<void> {
  const names = table.columns.join(", ");
  await client.query(
    `create temporary table if not exists ${rows} on commit delete rows as select ${names} from ${table.name} with no data`,
  );
}

/** Settles the rows of a staging table, and moves on what is new. */
async function moveOn(settling: Settling, written: RowsWritten): Promise<number> {
  const { db, table, rows } = settling;
  await sql`analyze ${sql.table(rows)}`.execute(db);
  await numberIdenticalRows(settling, written);
  const { repeats, aside } = await settleRepeats(settling, written);
  if (aside) return repeats;
  const every = columns(table.columns);
  const fresh =
    repeats === 0
      ? sql``
      : sql`where not exists (select from row_repeat where row_repeat.account_id = ${written.accountId}
          and row_repeat.file_id = ${written.fileId} and row_repeat.line = ${sql.table(rows)}.line)`;
  await sql`
    insert into ${sql.table(table.name)} (${every}) select ${every} from ${sql.table(rows)} ${fresh}
  `.execute(db);
  return repeats;
}

/**
 * The rows of the file, in its table, that agree with a suspect in the anchor, as `family`.
 *
 * Written so that there is one way to carry it out: right after the copy the server has no statistics of the rows, and might
 * otherwise walk through the whole file for each suspect. `offset 0` keeps the order of the joins, `+ 0` the index of the anchor.
 */
function withFamily({ table, set }: Settling, written: RowsWritten): RawBuilder<unknown> {
  const rows = sql.table(table.name);
  const anchored = table.anchor.map((column) => sql`r.${sql.ref(column)} = anchor.${sql.ref(column)}`);
  return sql`with suspect as materialized (select line from ${set(written.suspects)} as given (line)),
    anchor as materialized (
      select distinct ${columns(table.anchor)} from suspect cross join lateral (
        select ${columns(table.anchor)} from ${rows} as r
        where r.account_id = ${written.accountId} and r.file_id = ${written.fileId} and r.line = suspect.line offset 0) as row),
    family as materialized (
      select row.* from anchor cross join lateral (
        select ${columns(["line", ...table.identity])} from ${rows} as r
        where r.account_id = ${written.accountId} and r.file_id + 0 = ${written.fileId}
          and ${sql.join(anchored, sql` and `)} offset 0) as row)`;
}

/** Whether the file has identical rows. */
async function hasIdenticalRows(settling: Settling, written: RowsWritten): Promise<boolean> {
  if (written.suspects.length === 0) return false;
  const { rows: found } = await sql`${withFamily(settling, written)}
    select 1 from family group by ${columns(settling.table.identity)} having count(*) > 1 limit 1
  `.execute(settling.db);
  return found.length > 0;
}

/** Rows that are changed with one statement, by a list of their lines. */
const AT_ONCE = { numbered: 500, takenOut: 5000 } as const;

/** Numbers identical rows of a file in their table, as `numberIdenticalRows` does in a staging table whose size is known. */
async function numberWhereTheyLie(settling: Settling, written: RowsWritten): Promise<void> {
  if (written.suspects.length === 0) return;
  const { db, table } = settling;
  const { rows: later } = await sql<{ line: number; place: number }>`${withFamily(settling, written)}
    select line, place from (
      select line, row_number() over (partition by ${columns(table.identity)} order by line) - 1 as place from family) as numbered
    where place > 0 order by line
  `.execute(db);
  for (let at = 0; at < later.length; at += AT_ONCE.numbered) {
    const some = later.slice(at, at + AT_ONCE.numbered);
    const lines = some.map(({ line }) => Number(line));
    const places = some.map(({ place }) => Number(place));
    await sql`
      update ${sql.table(table.name)} set ordinal = (${places}::integer[])[array_position(${lines}::integer[], line)]
      where account_id = ${written.accountId} and file_id = ${written.fileId} and line = any(${lines}::integer[])
    `.execute(db);
  }
}

/**
 * Takes the repeats of a file out of its table. By lists, because right after the copy the server takes both the file and its repeats
 * for a row or two, and would walk through the one for each row of the other.
 */
async function takeOutWhereTheyLie({ db, table }: Settling, { accountId, fileId }: RowsWritten): Promise<void> {
  const ofFile = sql`account_id = ${accountId} and file_id = ${fileId}`;
  const { rows } = await sql<{ line: number }>`select line from row_repeat where ${ofFile}`.execute(db);
  for (let at = 0; at < rows.length; at += AT_ONCE.takenOut) {
    const lines = rows.slice(at, at + AT_ONCE.takenOut).map(({ line }) => Number(line));
    await sql`delete from ${sql.table(table.name)} where ${ofFile} and line = any(${lines}::integer[])`.execute(db);
  }
}

/** Rows between those of other files, on a server that knows nothing of them yet. */
const WHERE_THEY_LIE: InPlace = { number: numberWhereTheyLie, takeOut: takeOutWhereTheyLie };

/**
 * Settles rows that were copied straight into the table, because by way of a staging table the server writes every row twice.
 * Only a file with identical rows, or with a settlement of which another file has rows, goes that way afterwards.
 */
async function settleInPlace(client: PoolClient, settling: Settling, written: RowsWritten): Promise<number> {
  const { db, table, rows } = settling;
  if (!(await hasIdenticalRows(settling, written)) && !(await othersMayHold(db, written))) return 0;
  const ofFile = sql`account_id = ${written.accountId} and file_id = ${written.fileId}`;
  const every = columns(table.columns);
  await stage(client, rows, table);
  await sql`insert into ${sql.table(rows)} (${every})
    select ${every} from ${sql.table(table.name)} where ${ofFile}`.execute(db);
  await sql`delete from ${sql.table(table.name)} where ${ofFile}`.execute(db);
  return moveOn(settling, written);
}

/** Writes the rows, then settles them in the way that suits where they were written to. */
function rowWriter(door: Copying | Inserting, settle: (written: RowsWritten) => Promise<number>): RowWriter {
  return {
    write: (count, fill) => door.write(count, fill),
    async settle(written) {
      await door.end();
      return settle(written);
    },
  };
}

/** How a table may be written to. */
interface Access {
  /** Row-level security holds for the connected role: COPY refuses the table. */
  readonly secured: boolean;
  /** Its rows lie on the nodes of Citus, which joins them with no table of this connection alone. */
  readonly distributed: boolean;
}

async function accessTo(client: PoolClient, table: string): Promise<Access> {
  const { rows } = await client.query<{ secured: boolean; citus: boolean }>(
    "select row_security_active($1) as secured, to_regclass('pg_catalog.pg_dist_partition') is not null as citus",
    [table],
  );
  const [{ secured, citus } = { secured: false, citus: false }] = rows;
  if (!citus) return { secured, distributed: false };
  const { rows: known } = await client.query("select from pg_dist_partition where logicalrelid = $1::regclass", [
    table,
  ]);
  return { secured, distributed: known.length > 0 };
}

/**
 * The bulk door of the PostgreSQL store, inside a transaction on this client that the caller has begun.
 *
 * @param inPlace settle rows in their table, as on Citus, also where a staging table could be had
 */
export function postgresBulkLoad(client: PoolClient, db: Kysely<Schema>, inPlace = false): BulkLoad {
  return {
    db,
    async into(table: RowTable) {
      const set: Settling["set"] = (numbers) => sql`(select unnest(${[...numbers]}::integer[]))`;
      const joinKnown = sql`join ${sql.table(table.name)} as known`;
      const rows = `${table.name}_staging`;
      const settling: Settling = { db, table, rows, same: "is not distinct from", joinKnown, set };
      const { secured, distributed } = await accessTo(client, table.name);
      if (distributed || inPlace) {
        const door = secured ? new Inserting(client, table) : new Copying(client, table.name, table);
        return rowWriter(door, (written) =>
          settleWhereTheyLie({ ...settling, rows: table.name }, written, WHERE_THEY_LIE),
        );
      }
      // Transaction reports overlap as a rule, settlements once in a while; COPY refuses a table whose rows are secured.
      if (table.name === "settlement_row" && !secured) {
        return rowWriter(new Copying(client, table.name, table), (written) => settleInPlace(client, settling, written));
      }
      await stage(client, rows, table);
      return rowWriter(new Copying(client, rows, table), (written) => moveOn(settling, written));
    },
  };
}
