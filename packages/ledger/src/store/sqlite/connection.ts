import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { CooperativeYield } from "./cooperative-yield.ts";
import type { SqliteDatabase } from "./database.ts";
import { diskTrouble, tellingTrouble } from "./disk-trouble.ts";
import { retryWhileBusy } from "./retry-while-busy.ts";
import type { Mutex } from "./mutex.ts";

/** The connections behind one SQLite store. In memory there is only the writer. */
export interface SqliteConnections {
  readonly writer: SqliteDatabase;
  readonly reader: SqliteDatabase | undefined;
  readonly mutex: Mutex;
  /** Turns for the rest of the process; books in memory are too short for them. */
  readonly cooperativeYield: CooperativeYield | undefined;
  /** By which waiting for another process is measured: always the machine's. */
  readonly clock: Clock;
  /** A further read-only connection, for a query whose rows are taken one by one. */
  openReader(): Promise<SqliteDatabase>;
}

/** SQLite has no booleans. */
function bindable(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === "boolean" ? Number(value) : value));
}

const CHANGES = /^\s*(insert|update|delete|replace|with)\b/i;

function run<Row>(database: SqliteDatabase, query: CompiledQuery): QueryResult<Row> {
  return tellingTrouble(() => runAsIs<Row>(database, query));
}

function runAsIs<Row>(database: SqliteDatabase, query: CompiledQuery): QueryResult<Row> {
  const rows = database.statement(query.sql).all(...bindable(query.parameters)) as Row[];
  if (query.query.kind === "SelectQueryNode" || !CHANGES.test(query.sql)) return { rows };
  const changes = database.statement("select changes() as changes").get()?.["changes"] as bigint;
  return { rows, numAffectedRows: changes };
}

async function* stream<Row>(
  database: SqliteDatabase,
  query: CompiledQuery,
  chunkSize: number,
  cooperativeYield: CooperativeYield | undefined,
): AsyncIterableIterator<QueryResult<Row>> {
  let rows: Row[] = [];
  for (const row of database.rows(query.sql, bindable(query.parameters))) {
    rows.push(row as Row);
    if (rows.length < chunkSize) continue;
    yield { rows };
    if (cooperativeYield?.due === true) await cooperativeYield.take();
    rows = [];
  }
  if (rows.length > 0) yield { rows };
}

/**
 * One caller's way to the database. Outside a transaction, reading goes to the reading connection at once, so that a long
 * load does not hold up the dashboard; everything else waits for its turn on the one writing connection.
 */
export class SqliteConnection implements DatabaseConnection {
  readonly #connections: SqliteConnections;
  #release: (() => void) | undefined;

  constructor(connections: SqliteConnections) {
    this.#connections = connections;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { cooperativeYield } = this.#connections;
    if (cooperativeYield?.due === true) await cooperativeYield.take();
    return this.#execute(query);
  }

  async #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { writer, reader, mutex, clock } = this.#connections;
    if (this.#release !== undefined) return run<Row>(writer, query);
    if (reader !== undefined && query.query.kind === "SelectQueryNode") return run<Row>(reader, query);
    const release = await mutex.acquire();
    try {
      return await retryWhileBusy(clock, () => run<Row>(writer, query));
    } finally {
      release();
    }
  }

  async *streamQuery<Row>(query: CompiledQuery, chunkSize = 100): AsyncIterableIterator<QueryResult<Row>> {
    try {
      yield* this.#streamQuery<Row>(query, chunkSize);
    } catch (error) {
      throw diskTrouble(error);
    }
  }

  async *#streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    const { writer, reader, mutex, cooperativeYield } = this.#connections;
    if (this.#release !== undefined) {
      yield* stream<Row>(writer, query, chunkSize, cooperativeYield);
    } else if (reader === undefined) {
      const release = await mutex.acquire();
      try {
        yield* stream<Row>(writer, query, chunkSize, cooperativeYield);
      } finally {
        release();
      }
    } else {
      const own = await this.#connections.openReader();
      try {
        yield* stream<Row>(own, query, chunkSize, cooperativeYield);
      } finally {
        own.close();
      }
    }
  }

  /** Takes the turn to write and keeps it until {@link commit} or {@link rollback}. */
  async begin(sql: string): Promise<void> {
    const { writer, mutex, clock } = this.#connections;
    const release = await mutex.acquire();
    try {
      await retryWhileBusy(clock, () => writer.exec(sql));
      this.#release = release;
    } catch (error) {
      release();
      throw diskTrouble(error);
    }
  }

  /** Commits and gives the turn to the next. When the commit fails the turn is kept, for the roll-back that follows. */
  commit(): void {
    tellingTrouble(() => this.#connections.writer.exec("commit"));
    this.#releaseMutex();
  }

  /** Rolls back, where SQLite has not done so by itself (disk full, for instance), and gives the turn to the next. */
  rollback(): void {
    try {
      this.#connections.writer.exec("rollback");
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("no transaction is active"))) throw error;
    } finally {
      this.#releaseMutex();
    }
  }

  /** Nothing may stay open when the caller lets go of the connection. */
  release(): void {
    if (this.#release !== undefined) this.rollback();
  }

  #releaseMutex(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
