import {
  BinaryOperationNode,
  ColumnNode,
  type EmptyInListsStrategy,
  HandleEmptyInListsPlugin,
  Kysely,
  PrimitiveValueListNode,
  ReferenceNode,
  replaceWithNoncontingentExpression,
} from "kysely";
import type { Pool, PoolClient } from "pg";
import Cursor from "pg-cursor";
import { StoreError } from "../errors.ts";
import { ExactIntegers } from "../exactness.ts";
import { LongLists } from "../long-lists.ts";
import { migrateStore } from "../migrations/index.ts";
import type { BulkLoad } from "../rows/bulk-load.ts";
import type { Schema } from "../schema/index.ts";
import type { Store } from "../store.ts";
import { connect } from "./database.ts";
import { PooledPostgresDialect } from "./dialect.ts";
import { postgresBulkLoad } from "./load.ts";

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
    dialect: new PooledPostgresDialect({ pool, cursor: Cursor }),
    plugins: [new ExactIntegers(), new LongLists("postgres")],
  });
}

/**
 * What stands for "in ()". An empty list of accounts becomes one with an id that no account has: where it became "never", Citus would
 * not see any more that the tables of the query are joined by the account, and refuse it.
 */
const emptyList: EmptyInListsStrategy = (node) => {
  const { leftOperand, operator } = node;
  const isAccount =
    ReferenceNode.is(leftOperand) &&
    ColumnNode.is(leftOperand.column) &&
    leftOperand.column.column.name === "account_id";
  return isAccount
    ? BinaryOperationNode.create(leftOperand, operator, PrimitiveValueListNode.create([""]))
    : replaceWithNoncontingentExpression(node);
};

/** How to open a store on PostgreSQL. */
export interface PostgresStoreOptions {
  /** Connections at most. Default 10. */
  readonly maxConnections?: number;
  /**
   * Settle the rows of a file in the tables themselves, as is always done on Citus: it joins distributed tables with no staging table
   * of one connection. Elsewhere it writes rows twice that other files have delivered. Default `false`.
   */
  readonly settleInPlace?: boolean;
}

/** The address without its password, for messages. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** A load that fails closes its connection: nothing half copied may be left on it. */
async function loadOn<T>(pool: Pool, settleInPlace: boolean, work: (bulk: BulkLoad) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query("begin");
    const result = await work(postgresBulkLoad(client, pinnedTo(client), settleInPlace));
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
    dialect: new PooledPostgresDialect({ pool, cursor: Cursor }),
    // "in ()" is no SQL here; SQLite takes it for what nothing is in. Before the first account every list of accounts is empty.
    plugins: [new ExactIntegers(), new LongLists("postgres"), new HandleEmptyInListsPlugin({ strategy: emptyList })],
  });
  const store: Store = {
    dialect: "postgres",
    concurrentReads: true,
    db,
    migrate: () => migrateStore(db, "postgres"),
    transaction: (work) => db.transaction().execute(work),
    load: (work) => loadOn(pool, options.settleInPlace === true, work),
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
