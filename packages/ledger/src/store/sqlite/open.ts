import { open } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { type CompiledQuery, Kysely } from "kysely";
import { makeFolders } from "@amazon-pay-kit/backports";
import { StoreError } from "../errors.ts";
import { ExactIntegers } from "../exactness.ts";
import { LongLists } from "../long-lists.ts";
import { migrateStore } from "../migrations/index.ts";
import type { Schema } from "../schema/index.ts";
import type { Store } from "../store.ts";
import { CooperativeYield } from "./cooperative-yield.ts";
import type { SqliteConnections } from "./connection.ts";
import { connect } from "./database.ts";
import { diskTrouble, openingTrouble } from "./disk-trouble.ts";
import { SqliteDialect } from "./dialect.ts";
import { sqliteBulkLoad, sqliteGroupLoad, SqliteInserter } from "./load.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import { fixStatistics } from "./statistics.ts";
import { Mutex } from "./mutex.ts";

/**
 * Makes the file of new books so that nobody else on the machine can read them; SQLite itself would let everybody, and gives
 * its side files the mode that this one has. A file that is there keeps the mode that its owner chose.
 */
async function makePrivate(location: string): Promise<void> {
  try {
    await (await open(location, "wx", 0o600)).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

async function connections(location: string): Promise<SqliteConnections> {
  const memory = location === ":memory:";
  try {
    if (!memory) {
      await makeFolders(dirname(location));
      await makePrivate(location);
    }
    const writer = await connect(location);
    const openReader = (): ReturnType<typeof connect> => connect(location, { readOnly: true });
    return {
      writer,
      reader: memory ? undefined : await openReader(),
      mutex: new Mutex(),
      cooperativeYield: memory ? undefined : new CooperativeYield(systemClock),
      clock: systemClock,
      openReader,
    };
  } catch (error) {
    const message = await openingTrouble(location, error);
    throw new StoreError("store.cannot-open", `cannot open the ledger ${location}: ${message}`, { cause: error });
  }
}

/** Texts that are taken at a time. */
const TEXTS = 2000;

async function* textsOf(opened: SqliteConnections, query: CompiledQuery): AsyncGenerator<readonly string[]> {
  const own = await opened.openReader();
  try {
    for (const texts of own.texts(query.sql, query.parameters, TEXTS)) {
      yield texts;
      if (opened.cooperativeYield?.due === true) await opened.cooperativeYield.take();
    }
  } finally {
    own.close();
  }
}

/**
 * Opens the books in one SQLite file and brings its tables up to date.
 *
 * @param location path of the file, made if missing, or `:memory:` for books that vanish with the process
 * @throws StoreError `store.cannot-open`, `store.newer`, `store.migration-failed`
 *
 * @example
 * const store = await openSqliteStore("data/ledger.sqlite");
 */
export async function openSqliteStore(location: string): Promise<Store> {
  const opened = await connections(location);
  const db = new Kysely<Schema>({
    dialect: new SqliteDialect(opened),
    plugins: [new ExactIntegers(), new LongLists("sqlite")],
  });
  // Bulk loads write past Kysely, and meet the disk's errors by themselves.
  const transaction: Store["transaction"] = (work) =>
    db
      .transaction()
      .execute(work)
      .catch((error: unknown) => {
        throw diskTrouble(error);
      });
  const store: Store = {
    dialect: "sqlite",
    concurrentReads: opened.reader !== undefined,
    db,
    migrate: () => migrateStore(db, "sqlite"),
    transaction,
    load: (work) => transaction((inside) => work(sqliteBulkLoad(opened.writer, inside))),
    loadGroup: (expectedRows, work) =>
      transaction((inside) => sqliteGroupLoad(opened.writer, inside, expectedRows, work)),
    inserter: (table, columns, unread) => new SqliteInserter(opened.writer, { name: table, columns }, unread),
    // Books in memory have one connection, which nobody may hold for long.
    ...(opened.reader === undefined ? {} : { texts: (query) => textsOf(opened, query) }),
    close: () => db.destroy(),
  };
  try {
    await store.migrate();
    await retryWhileBusy(systemClock, () => fixStatistics(opened.writer));
  } catch (error) {
    // The first error is the one that says what is wrong.
    await store.close().catch(() => undefined);
    throw diskTrouble(error);
  }
  return store;
}
