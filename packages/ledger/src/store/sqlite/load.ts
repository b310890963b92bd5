import { type Kysely, sql } from "kysely";
import type { BulkLoad, FillRow, GroupLoad, RowInserter, RowsWritten, RowWriter } from "../rows/bulk-load.ts";
import type { RowCell, RowTable } from "../rows/row-tables.ts";
import { settleWhereTheyLie } from "../rows/settle-where-they-lie.ts";
import type { Settling } from "../rows/settle.ts";
import type { Schema } from "../schema/index.ts";
import { CACHE_KIB, type SqliteDatabase } from "./database.ts";
import { fixStatistics } from "./statistics.ts";

/** Rows a statement: enough to spread the cost of a call, few enough that binding them stays cheap. */
const ROWS_AT_ONCE = 12;

/** From this many rows on it may pay to build the indexes at the end. */
const LARGE = 20_000;

/**
 * For a group of files, whose rows are scattered over the indexes, it pays as soon as they are a sixteenth of what is there: an
 * entry put in its place costs 100 µs and two pages of the file, one that is built with all others 5 µs and its own bytes.
 */
const FEW = 5000;
/** Memory for building an index, and for everything else. */
const SORTING_KIB = 131_072;
const REBUILD_SHARE = 16;

interface IndexText {
  readonly name: string;
  readonly sql: string;
}

/** A table and the columns of it that are written. */
interface Target {
  readonly name: string;
  readonly columns: readonly string[];
}

function insertText({ name, columns }: Target, rows: number): string {
  const row = `(${columns.map(() => "?").join(",")})`;
  return `insert into ${name} (${columns.join(",")}) values ${Array.from({ length: rows }, () => row).join(",")}`;
}

/** Drops the indexes of a table but the one named, and gives what makes them again. */
function takeIndexesAway(database: SqliteDatabase, table: string, but?: string): IndexText[] {
  const found = database
    .statement("select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null")
    .all(table);
  const away = found
    .map((row) => ({ name: String(row["name"]), sql: String(row["sql"]) }))
    .filter(({ name }) => name !== but);
  for (const { name } of away) database.exec(`drop index ${name}`);
  return away;
}

/** Builds indexes that were taken away. */
function buildIndexes(database: SqliteDatabase, indexes: readonly IndexText[]): void {
  if (indexes.length === 0) return;
  // An index of a million rows is sorted in memory then, instead of by way of a temporary file.
  database.exec(`pragma cache_size = -${SORTING_KIB}`);
  for (const index of indexes) database.exec(index.sql);
  database.exec(`pragma cache_size = -${CACHE_KIB}`);
  fixStatistics(database);
}

/** Writes several rows a statement, straight into the table. */
export class SqliteInserter implements RowInserter {
  readonly #database: SqliteDatabase;
  readonly #target: Target;
  readonly #unread: boolean;
  readonly #cells: RowCell[];
  readonly #single: RowCell[];
  readonly #many: string;
  readonly #one: string;
  #away: readonly IndexText[] = [];
  #written = 0;

  constructor(database: SqliteDatabase, target: Target, unread = false) {
    this.#database = database;
    this.#target = target;
    this.#unread = unread;
    const width = target.columns.length;
    this.#cells = Array.from<RowCell>({ length: width * ROWS_AT_ONCE }).fill(null);
    this.#single = Array.from<RowCell>({ length: width }).fill(null);
    this.#many = insertText(target, ROWS_AT_ONCE);
    this.#one = insertText(target, 1);
  }

  async write(count: number, fill: FillRow): Promise<void> {
    this.#written += count;
    if (this.#unread && this.#away.length === 0 && this.#written >= FEW && this.#isMuch()) {
      this.#away = takeIndexesAway(this.#database, this.#target.name);
    }
    const width = this.#target.columns.length;
    let index = 0;
    if (count >= ROWS_AT_ONCE) {
      const many = this.#database.statement(this.#many);
      for (; index + ROWS_AT_ONCE <= count; index += ROWS_AT_ONCE) {
        for (let row = 0; row < ROWS_AT_ONCE; row += 1) fill(index + row, this.#cells, row * width);
        many.run(...this.#cells);
      }
    }
    for (; index < count; index += 1) {
      fill(index, this.#single, 0);
      this.#database.statement(this.#one).run(...this.#single);
    }
  }

  async end(): Promise<void> {
    buildIndexes(this.#database, this.#away);
    this.#away = [];
  }

  /** Whether what was written is much beside what the table, whose rows have numbers, already had. */
  #isMuch(): boolean {
    const last = this.#database.statement(`select seq from sqlite_sequence where name = ?`).get(this.#target.name);
    const before = Number(last?.["seq"] ?? 0) - this.#written;
    return this.#written * REBUILD_SHARE >= before;
  }
}

/**
 * Writes the rows of a report file.
 *
 * Keeping seven indexes up to date row by row takes five times as long as the rows themselves. So when more rows come than
 * are there already, the indexes are taken away and built again at the end, inside the same transaction: readers keep the
 * table and its indexes as they were until the commit.
 */
class SqliteRowWriter implements RowWriter {
  readonly #database: SqliteDatabase;
  readonly #settling: Settling;
  readonly #indexes: readonly IndexText[];
  readonly #inserter: SqliteInserter;

  constructor(database: SqliteDatabase, settling: Settling, indexes: readonly IndexText[]) {
    this.#database = database;
    this.#settling = settling;
    this.#indexes = indexes;
    this.#inserter = new SqliteInserter(database, settling.table);
  }

  write(count: number, fill: FillRow): Promise<void> {
    return this.#inserter.write(count, fill);
  }

  async settle(written: RowsWritten): Promise<number> {
    buildIndexes(this.#database, this.#indexes);
    return settleWhereTheyLie(this.#settling, written);
  }
}

async function rowsPresent(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom("file")
    .select(({ fn }) => fn.sum<number>("row_count").as("rows"))
    .where("loaded_at", "is not", null)
    .executeTakeFirst();
  return row?.rows ?? 0;
}

const anchorOf = (table: RowTable): string => `${table.name}_by_${table.anchor.join("_")}`;

function settlingOn(db: Kysely<Schema>, table: RowTable): Settling {
  const set: Settling["set"] = (numbers) => sql`(select value from json_each(${JSON.stringify(numbers)}))`;
  // Without statistics SQLite would start from the known rows, of which there may be any number: `cross join` keeps the order.
  const joinKnown = sql`cross join ${sql.table(table.name)} as known indexed by ${sql.ref(anchorOf(table))}`;
  return { db, table, rows: table.name, same: "is", joinKnown, set };
}

/** The bulk door of the SQLite store, inside a transaction that the caller has begun. */
export function sqliteBulkLoad(database: SqliteDatabase, db: Kysely<Schema>): BulkLoad {
  return {
    db,
    async into(table, expectedRows) {
      const late = expectedRows >= LARGE && expectedRows >= (await rowsPresent(db));
      const indexes = late ? takeIndexesAway(database, table.name) : [];
      return new SqliteRowWriter(database, settlingOn(db, table), indexes);
    },
  };
}

/**
 * The bulk door for many files, inside a transaction that the caller has begun.
 *
 * Of a table that gets its first row here, the indexes are taken away and built once at the end. The one by which repeats are
 * found stays: each file must see the rows of those before it. It is cheap to keep, since the rows of a settlement lie together.
 */
export async function sqliteGroupLoad<T>(
  database: SqliteDatabase,
  db: Kysely<Schema>,
  expectedRows: number,
  work: (group: GroupLoad) => Promise<T>,
): Promise<T> {
  const late = expectedRows >= FEW && expectedRows * REBUILD_SHARE >= (await rowsPresent(db));
  const away = new Map<string, readonly IndexText[]>();
  const result = await work({
    db,
    async into(table) {
      if (late && !away.has(table.name)) {
        away.set(table.name, takeIndexesAway(database, table.name, anchorOf(table)));
      }
      return new SqliteRowWriter(database, settlingOn(db, table), []);
    },
    async isolated(piece) {
      const before = new Set(away.keys());
      database.exec("savepoint file");
      try {
        const done = await piece();
        database.exec("release file");
        return done;
      } catch (error) {
        database.exec("rollback to file; release file");
        // Indexes that the piece had taken away are back.
        for (const name of away.keys()) if (!before.has(name)) away.delete(name);
        throw error;
      }
    },
  });
  buildIndexes(database, [...away.values()].flat());
  return result;
}
