import { HandleEmptyInListsPlugin, Kysely, PostgresDialect, replaceWithNoncontingentExpression } from "kysely";
import type { Pool } from "pg";
import Cursor from "pg-cursor";
import { StoreError } from "../errors.ts";
import { ExactIntegers } from "../exactness.ts";
import { migrateStore } from "../migrations/index.ts";
import type { Schema } from "../schema/index.ts";
import type { BulkLoad } from "../rows/bulk-load.ts";
import type { Store } from "../store.ts";
import { connect } from "./database.ts";
import { postgresBulkLoad } from "./load.ts";
import { pinnedTo } from "./pinned.ts";

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
    plugins: [new ExactIntegers(), new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })],
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
    await store.close();
    throw error;
  }
  return store;
}
