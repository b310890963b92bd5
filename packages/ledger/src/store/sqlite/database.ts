import { loadSqlite, type SqliteDatabase as NativeDatabase, type SqliteStatement } from "@amazon-pay-kit/backports";

export type { SqliteStatement };

const CACHED_STATEMENTS = 256;
/** Pages that a connection keeps in memory. */
export const CACHE_KIB = 65_536;

/**
 * One connection, which holds its statements as long as they are in use and no longer.
 *
 * Outside Node's own module the iterator of a statement does not hold it: one that nobody holds is collected on the way, which
 * ends the iteration, or the process, after some hundred thousand rows. And a statement that somebody still holds keeps its
 * connection, and with it the file, open after {@link close}. That module has no way to end a statement but the collector.
 */
export class SqliteDatabase {
  readonly #native: NativeDatabase;
  readonly #cached = new Map<string, SqliteStatement>();
  readonly #streaming = new Set<SqliteStatement>();

  constructor(native: NativeDatabase) {
    this.#native = native;
  }

  exec(sql: string): void {
    this.#native.exec(sql);
  }

  /** A statement for use at once, prepared once for all uses of the same text. */
  statement(sql: string): SqliteStatement {
    const known = this.#cached.get(sql);
    if (known !== undefined) return known;
    const statement = this.#prepare(sql);
    if (this.#cached.size >= CACHED_STATEMENTS) this.#cached.clear();
    this.#cached.set(sql, statement);
    return statement;
  }

  /** Takes rows one by one, from a statement of their own: others may ask the same meanwhile. */
  *rows(sql: string, parameters: readonly unknown[]): Generator<Record<string, unknown>> {
    const statement = this.#prepare(sql);
    this.#streaming.add(statement);
    try {
      yield* statement.iterate(...parameters);
    } finally {
      this.#streaming.delete(statement);
    }
  }

  /** Takes the texts of a query with one column, a given number at a time: without an object for each row. */
  *texts(sql: string, parameters: readonly unknown[], atATime: number): Generator<readonly string[]> {
    const statement = this.#prepare(sql);
    statement.setReturnArrays(true);
    this.#streaming.add(statement);
    let texts: string[] = [];
    try {
      for (const row of statement.iterate(...parameters) as unknown as Iterable<readonly [string]>) {
        texts.push(row[0]);
        if (texts.length < atATime) continue;
        yield texts;
        texts = [];
      }
      if (texts.length > 0) yield texts;
    } finally {
      this.#streaming.delete(statement);
    }
  }

  close(): void {
    this.#cached.clear();
    this.#streaming.clear();
    this.#native.close();
  }

  #prepare(sql: string): SqliteStatement {
    const statement = this.#native.prepare(sql);
    statement.setReadBigInts(true);
    return statement;
  }
}

/** How the connection is used. */
export interface ConnectOptions {
  /** Refuse every write on this connection. Default `false`. */
  readonly readOnly?: boolean;
}

/**
 * Opens a connection with the settings that every connection of the ledger has: write-ahead log (readers never wait for
 * a writer, nor the writer for them), full durability of each commit, foreign keys on.
 *
 * @param location path of the file, or `:memory:`
 */
export async function connect(location: string, options: ConnectOptions = {}): Promise<SqliteDatabase> {
  const { DatabaseSync } = await loadSqlite();
  const database = new SqliteDatabase(new DatabaseSync(location, { readOnly: options.readOnly === true }));
  // Short, because SQLite's own waiting stops the whole process; longer waits are retryWhileBusy's.
  database.exec("pragma busy_timeout = 100");
  if (options.readOnly !== true) database.exec("pragma journal_mode = wal");
  database.exec("pragma synchronous = full");
  database.exec("pragma foreign_keys = on");
  database.exec(`pragma cache_size = -${CACHE_KIB}`);
  return database;
}
