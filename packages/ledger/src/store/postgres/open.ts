import { once } from "node:events";
import { finished } from "node:stream/promises";
import { HandleEmptyInListsPlugin, Kysely, PostgresDialect, replaceWithNoncontingentExpression, sql } from "kysely";
import type { Pool, PoolClient } from "pg";
import { from as copyFrom, type CopyStreamQuery } from "pg-copy-streams";
import Cursor from "pg-cursor";
import { StoreError } from "../errors.ts";
import { ExactIntegers } from "../exactness.ts";
import { LongLists } from "../long-lists.ts";
import { migrateStore } from "../migrations/index.ts";
import type { BulkLoad, FillRow, RowsWritten, RowWriter } from "../rows/bulk-load.ts";
import type { RowCell, RowTable } from "../rows/row-tables.ts";
import { numberIdenticalRows, othersMayHold, type Settling } from "../rows/settle.ts";
import { settleRepeats } from "../rows/versions.ts";
import type { Schema } from "../schema/index.ts";
import type { Store } from "../store.ts";
import { connect } from "./database.ts";

const SPECIAL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};

/** A text as COPY's text format wants it. PostgreSQL has no NUL characters; the reader refuses them before. */
function copyText(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character) : text;
}

/** Cells as one line of COPY's text format, line end included. */
export function copyLine(cells: readonly RowCell[]): string {
  let line = "";
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] ?? null;
    if (index > 0) line += "\t";
    if (cell === null) line += "\\N";
    else if (typeof cell === "string") line += copyText(cell);
    else line += cell.toString();
  }
  return `${line}\n`;
}

/** Characters that are gathered before they go to the server. */
const CHUNK = 128 * 1024;

/** Gathers rows and copies them into a table. */
class Copying {
  readonly #copy: CopyStreamQuery;
  readonly #copied: Promise<void>;
  readonly #cells: RowCell[];
  #text = "";

  constructor(client: PoolClient, rows: string, table: RowTable) {
    this.#copy = client.query(copyFrom(`copy ${rows} (${table.columns.join(",")}) from stdin`));
    this.#copied = finished(this.#copy);
    // Awaited in end(); a load that is given up before never gets there.
    this.#copied.catch(() => {});
    this.#cells = Array.from<RowCell>({ length: table.columns.length }).fill(null);
  }

  async write(count: number, fill: FillRow): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      fill(index, this.#cells, 0);
      this.#text += copyLine(this.#cells);
      if (this.#text.length >= CHUNK) await this.#send();
    }
  }

  async #send(): Promise<void> {
    const text = this.#text;
    this.#text = "";
    if (!this.#copy.write(text)) await Promise.race([once(this.#copy, "drain"), this.#copied]);
  }

  async end(): Promise<void> {
    this.#copy.end(this.#text);
    this.#text = "";
    await this.#copied;
  }
}

/**
 * A table for rows on their way, of this connection alone and empty at the end of each transaction. It stays with the
 * connection: making one for every file costs as much as copying a small file, and swells the server's catalogue.
 */
async function stage(client: PoolClient, rows: string, table: RowTable): Promise<void> {
  const columns = table.columns.join(", ");
  await client.query(
    `create temporary table if not exists ${rows} on commit delete rows as select ${columns} from ${table.name} with no data`,
  );
}

/** Settles the rows of a staging table, and moves on what is new. */
async function moveOn(settling: Settling, written: RowsWritten): Promise<number> {
  const { db, table, rows } = settling;
  await sql`analyze ${sql.table(rows)}`.execute(db);
  await numberIdenticalRows(settling, written);
  const { repeats, aside } = await settleRepeats(settling, written);
  if (aside) return repeats;
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  const fresh =
    repeats === 0
      ? sql``
      : sql`where not exists (select from row_repeat where row_repeat.account_id = ${written.accountId}
          and row_repeat.file_id = ${written.fileId} and row_repeat.line = ${sql.table(rows)}.line)`;
  await sql`
    insert into ${sql.table(table.name)} (${columns}) select ${columns} from ${sql.table(rows)} ${fresh}
  `.execute(db);
  return repeats;
}

/**
 * Whether the file has identical rows.
 *
 * Written so that there is one way to carry it out: right after the copy the server has no statistics of the rows, and might
 * otherwise walk through the whole file for each suspect. `offset 0` keeps the order of the joins, `+ 0` the index of the anchor.
 */
async function hasIdenticalRows(settling: Settling, written: RowsWritten): Promise<boolean> {
  if (written.suspects.length === 0) return false;
  const { db, table, set } = settling;
  const rows = sql.table(table.name);
  const names = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));
  const anchored = table.anchor.map((column) => sql`r.${sql.ref(column)} = anchor.${sql.ref(column)}`);
  const { rows: found } = await sql`
    with suspect as materialized (select line from ${set(written.suspects)} as given (line)),
    anchor as materialized (
      select distinct ${names(table.anchor)} from suspect cross join lateral (
        select ${names(table.anchor)} from ${rows} as r
        where r.account_id = ${written.accountId} and r.file_id = ${written.fileId} and r.line = suspect.line offset 0) as row),
    family as materialized (
      select row.* from anchor cross join lateral (
        select ${names(table.identity)} from ${rows} as r
        where r.account_id = ${written.accountId} and r.file_id + 0 = ${written.fileId}
          and ${sql.join(anchored, sql` and `)} offset 0) as row)
    select 1 from family group by ${names(table.identity)} having count(*) > 1 limit 1
  `.execute(db);
  return found.length > 0;
}

/**
 * Settles rows that were copied straight into the table, because by way of a staging table the server writes every row twice.
 * Only a file with identical rows, or with a settlement of which another file has rows, goes that way afterwards.
 */
async function settleInPlace(client: PoolClient, settling: Settling, written: RowsWritten): Promise<number> {
  const { db, table, rows } = settling;
  if (!(await hasIdenticalRows(settling, written)) && !(await othersMayHold(db, written))) return 0;
  const ofFile = sql`account_id = ${written.accountId} and file_id = ${written.fileId}`;
  const columns = sql.join(table.columns.map((column) => sql.ref(column)));
  await stage(client, rows, table);
  await sql`insert into ${sql.table(rows)} (${columns})
    select ${columns} from ${sql.table(table.name)} where ${ofFile}`.execute(db);
  await sql`delete from ${sql.table(table.name)} where ${ofFile}`.execute(db);
  return moveOn(settling, written);
}

/** Copies the rows, then settles them in the way that suits where they were copied to. */
function rowWriter(copying: Copying, settle: (written: RowsWritten) => Promise<number>): RowWriter {
  return {
    write: (count, fill) => copying.write(count, fill),
    async settle(written) {
      await copying.end();
      return settle(written);
    },
  };
}

/** Whether row-level security holds for the connected role. */
async function isSecured(client: PoolClient, table: string): Promise<boolean> {
  const { rows } = await client.query<{ active: boolean }>("select row_security_active($1) as active", [table]);
  return rows[0]?.active === true;
}

/** The bulk door of the PostgreSQL store, inside a transaction on this client that the caller has begun. */
export function postgresBulkLoad(client: PoolClient, db: Kysely<Schema>): BulkLoad {
  return {
    db,
    async into(table: RowTable) {
      const rows = `${table.name}_staging`;
      const set: Settling["set"] = (numbers) => sql`(select unnest(${[...numbers]}::integer[]))`;
      const joinKnown = sql`join ${sql.table(table.name)} as known`;
      const settling: Settling = { db, table, rows, same: "is not distinct from", joinKnown, set };
      // Transaction reports overlap as a rule, settlements once in a while; COPY refuses a table whose rows are secured.
      if (table.name === "settlement_row" && !(await isSecured(client, table.name))) {
        return rowWriter(new Copying(client, table.name, table), (written) => settleInPlace(client, settling, written));
      }
      await stage(client, rows, table);
      return rowWriter(new Copying(client, rows, table), (written) => moveOn(settling, written));
    },
  };
}

/** Typed queries on one connection that somebody else holds, so that they are part of the transaction open on it. */
export function pinnedTo(client: PoolClient): Kysely<Schema> {
  const borrowed = new Proxy(client, {
    get(target, property) {
      if (property === "release") return () => {};
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const pool = { connect: () => Promise.resolve(borrowed), end: () => Promise.resolve() };
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool, cursor: Cursor }),
    plugins: [new ExactIntegers(), new LongLists("postgres")],
  });
}

/** How to open a store on PostgreSQL. */
export interface PostgresStoreOptions {
  /** Connections at most. Default 10. */
  readonly maxConnections?: number;
}

/** The address without its password, for messages. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** A load that fails closes its connection: nothing half copied may be left on it. */
async function loadOn<T>(pool: Pool, work: (bulk: BulkLoad) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin");
    const result = await work(postgresBulkLoad(client, pinnedTo(client)));
    await client.query("commit");
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}

/**
 * Opens the books on PostgreSQL and brings the tables up to date.
 *
 * @param url `postgres://user:password@host:port/database`
 * @throws StoreError `store.cannot-open`, `store.newer`, `store.migration-failed`
 *
 * @example
 * const store = await openPostgresStore(process.env.DATABASE_URL!);
 */
export async function openPostgresStore(url: string, options: PostgresStoreOptions = {}): Promise<Store> {
  const name = URL.canParse(url) ? nameOf(url) : undefined;
  if (name === undefined)
    throw new StoreError(
      "store.cannot-open",
      "the database address is not a URL: expected postgres://user@host/database",
    );
  const pool = connect(url, options.maxConnections === undefined ? {} : { max: options.maxConnections });
  try {
    (await pool.connect()).release();
  } catch (error) {
    await pool.end();
    throw new StoreError("store.cannot-open", `cannot reach the ledger on ${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool, cursor: Cursor }),
    // "in ()" is no SQL here; SQLite takes it for what nothing is in. Before the first account every list of accounts is empty.
    plugins: [
      new ExactIntegers(),
      new LongLists("postgres"),
      new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
    ],
  });
  const store: Store = {
    dialect: "postgres",
    concurrentReads: true,
    db,
    migrate: () => migrateStore(db, "postgres"),
    transaction: (work) => db.transaction().execute(work),
    load: (work) => loadOn(pool, work),
    close: () => db.destroy(),
  };
  try {
    await store.migrate();
  } catch (error) {
    // The first error is the one that says what is wrong.
    await store.close().catch(() => undefined);
    throw error;
  }
  return store;
}
