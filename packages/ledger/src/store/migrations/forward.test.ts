import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { connect as connectPostgres } from "../postgres/database.ts";
import { openPostgresStore } from "../postgres/open.ts";
import { INSERT_ONLY_TABLES, type Schema, TABLES } from "../schema/index.ts";
import type { DialectName, TableShape } from "../schema/shape.ts";
import { connect as connectSqlite } from "../sqlite/database.ts";
import { SqliteDialect } from "../sqlite/dialect.ts";
import { openSqliteStore } from "../sqlite/open.ts";
import { Mutex } from "../sqlite/mutex.ts";
import { migrateStore, schemaState } from "./index.ts";
import type { LedgerMigration } from "./versions.ts";

/** A place where a store of any version can be laid. */
interface Ground {
  readonly dialect: DialectName;
  /** A database without the store's own doors, which would bring it up to date. */
  raw(place: string): Promise<Kysely<Schema>>;
  place(): Promise<string>;
  open(place: string): Promise<{ readonly db: Kysely<Schema>; close(): Promise<void> }>;
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apay-forward-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let places = 0;
const GROUNDS: readonly Ground[] = [
  {
    dialect: "sqlite",
    place: async () => join(folder, `${(places += 1)}.sqlite`),
    async raw(place) {
      const openReader = () => connectSqlite(place, { readOnly: true });
      const writer = await connectSqlite(place);
      const shared = {
        reader: undefined,
        mutex: new Mutex(),
        cooperativeYield: undefined,
        clock: systemClock,
        openReader,
      };
      return new Kysely<Schema>({ dialect: new SqliteDialect({ writer, ...shared }) });
    },
    open: openSqliteStore,
  },
  {
    dialect: "postgres",
    place: freshDatabase,
    raw: async (place) => new Kysely<Schema>({ dialect: new PostgresDialect({ pool: connectPostgres(place) }) }),
    open: openPostgresStore,
  },
];

interface Column {
  readonly table: string;
  readonly name: string;
  readonly text: boolean;
}

async function columnsOf(db: Kysely<Schema>): Promise<readonly Column[]> {
  const tables = await db.introspection.getTables();
  return tables
    .filter(({ name }) => !name.startsWith("sqlite_") && name !== "schema_version")
    .flatMap(({ name: table, columns }) =>
      columns.map(({ name, dataType }) => ({ table, name, text: dataType.toLowerCase() === "text" })),
    )
    .toSorted((left, right) => `${left.table} ${left.name}`.localeCompare(`${right.table} ${right.name}`));
}

/** What decides how rows are found: definitions of indexes, in the database's own words. */
async function indexesOf(db: Kysely<Schema>, dialect: DialectName): Promise<readonly string[]> {
  const text =
    dialect === "sqlite"
      ? sql<{ text: string }>`select coalesce(sql, name) as text from sqlite_master where type = 'index' order by 1`
      : sql<{ text: string }>`select indexdef as text from pg_indexes where schemaname = 'public' order by 1`;
  return (await text.execute(db)).rows.map((row) => row.text);
}

const byTable = (columns: readonly Column[]): Map<string, Column[]> => {
  const tables = new Map<string, Column[]>();
  for (const column of columns) tables.set(column.table, [...(tables.get(column.table) ?? []), column]);
  return tables;
};

/** Two rows in every table, with a value of its own in every column. */
async function fill(db: Kysely<Schema>, tables: ReadonlyMap<string, readonly Column[]>): Promise<void> {
  for (const [table, columns] of tables) {
    for (const row of [1, 2]) {
      const names = columns.map(({ name }) => sql.ref(name));
      const values = columns.map(({ name, text }, at) => sql.lit(text ? `${name} ${row}` : 100 * at + row));
      await sql`insert into ${sql.table(table)} (${sql.join(names)}) values (${sql.join(values)})`.execute(db);
    }
  }
}

async function contents(
  db: Kysely<Schema>,
  tables: ReadonlyMap<string, readonly Column[]>,
): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [table, columns] of tables) {
    const names = sql.join(columns.map(({ name }) => sql.ref(name)));
    const { rows } = await sql<Record<string, unknown>>`select ${names} from ${sql.table(table)} order by 1, 2`.execute(
      db,
    );
    found[table] = rows.map((row) => Object.values(row).map(String));
  }
  return found;
}

/** What a next version may bring. */
const NEXT: Readonly<Record<string, LedgerMigration>> = {
  "0002-test": {
    async up(db) {
      await db.schema.alterTable("account").addColumn("nickname", "text").execute();
      await db.schema.createIndex("account_by_nickname").on("account").column("nickname").execute();
    },
  },
};

describe.each(GROUNDS)("the tables on $dialect", (ground) => {
  it("are those of the shapes, column by column and index by index", async () => {
    const store = await ground.open(await ground.place());
    const columns = (await columnsOf(store.db)).filter(({ table }) => !table.startsWith("kysely_"));
    const shapes = Object.entries(TABLES).flatMap(([table, { columns: shape }]) =>
      Object.entries(shape).map(([name, kind]) => ({
        table,
        name,
        text: typeof kind !== "string" || kind.startsWith("text"),
      })),
    );
    expect(columns).toEqual(shapes.toSorted((a, b) => `${a.table} ${a.name}`.localeCompare(`${b.table} ${b.name}`)));
    const indexes = (await indexesOf(store.db, ground.dialect)).join("\n");
    for (const [table, shape] of Object.entries<TableShape>(TABLES)) {
      for (const { columns: led } of shape.indexes ?? []) {
        expect(indexes).toContain(
          `${table}_by_${led
            .filter((name) => name !== "account_id")
            .map((name) => name.replaceAll(/\W+/g, "_").replaceAll(/^_|_$/g, ""))
            .join("_")}`,
        );
      }
    }
    await store.close();
  });

  it("come to the next version with every row and value", async () => {
    const place = await ground.place();
    await (await ground.open(place)).close();
    const old = await ground.raw(place);
    const tables = byTable((await columnsOf(old)).filter(({ table }) => !table.startsWith("kysely_")));
    await fill(old, tables);
    const before = await contents(old, tables);
    await migrateStore(old, ground.dialect, NEXT);
    expect(await contents(old, tables)).toEqual(before);
    expect((await columnsOf(old)).map(({ name }) => name)).toContain("nickname");
    await old.destroy();
    await expect(ground.open(place)).rejects.toMatchObject({ code: "store.newer" });
  });

  it("say which versions of the kit they admit, and are left alone by one that is older and admitted", async () => {
    const place = await ground.place();
    await (await ground.open(place)).close();
    const newer = await ground.raw(place);
    const step = async (number: string, minReader?: number): Promise<void> => {
      const add = { up: (db: Kysely<unknown>) => db.schema.createTable(`t${number}`).addColumn("x", "text").execute() };
      SO_FAR[`${number}-test`] = { ...add, ...(minReader === undefined ? {} : { minReader }) };
      await migrateStore(newer, ground.dialect, SO_FAR);
    };
    const SO_FAR: Record<string, LedgerMigration> = {};
    await step("0002", 1);
    await step("0003", 1);
    const store = await ground.open(place);
    expect(await schemaState(store.db)).toEqual({ kit: 1, tables: 3, minReader: 1 });
    await store.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "kept" }).execute();
    expect(await store.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "kept" }]);
    await store.close();
    // One that shuts the others out is not opened again by one that admits them.
    await step("0004", 4);
    await step("0005", 1);
    await newer.destroy();
    await expect(ground.open(place)).rejects.toMatchObject({
      code: "store.newer",
      message:
        "the ledger's tables are of version 5, which a newer version of the kit made; they admit kits that know " +
        "version 4 or later, and this one knows version 1: update the kit",
    });
  });

  it("admit nobody older by a migration that says nothing, and by books that have no record", async () => {
    const place = await ground.place();
    const store = await ground.open(place);
    await sql`drop table schema_version`.execute(store.db);
    expect(await schemaState(store.db)).toEqual({ kit: 1, tables: 1, minReader: 1 });
    await migrateStore(store.db, ground.dialect, NEXT);
    const { rows } = await sql<{ version: number; min: number }>`
      select version, min_reader_version as min from schema_version`.execute(store.db);
    expect(rows.map(({ version, min }) => [Number(version), Number(min)])).toEqual([[2, 2]]);
    await sql`drop table schema_version`.execute(store.db);
    await store.close();
    await expect(ground.open(place)).rejects.toMatchObject({ code: "store.newer" });
  });

  it("are numbered one after the other, and none admits a version that does not exist", async () => {
    const store = await ground.open(await ground.place());
    const { rows } = await sql<{ version: number; name: string; min: number }>`
      select version, name, min_reader_version as min from schema_version order by version`.execute(store.db);
    expect(rows.map(({ version }) => Number(version))).toEqual(rows.map((_row, index) => index + 1));
    for (const { version, name, min } of rows) {
      expect(Number(name.slice(0, 4))).toBe(Number(version));
      expect(min).toBeGreaterThanOrEqual(1);
      expect(min).toBeLessThanOrEqual(version);
    }
    await store.close();
  });

  it("of who did what take rows, and let none be changed or removed", async () => {
    const store = await ground.open(await ground.place());
    const tables = byTable((await columnsOf(store.db)).filter(({ table }) => INSERT_ONLY_TABLES.includes(table)));
    await fill(store.db, tables);
    const before = await contents(store.db, tables);
    expect(Object.keys(before)).toEqual(["account_event", "audit_event", "exception_event"]);
    for (const table of tables.keys()) {
      const refusal = `${table} is a record of who did what: rows are only added to it`;
      await expect(sql`update ${sql.table(table)} set who = 'bob'`.execute(store.db)).rejects.toThrow(refusal);
      await expect(sql`delete from ${sql.table(table)}`.execute(store.db)).rejects.toThrow(refusal);
    }
    expect(await contents(store.db, tables)).toEqual(before);
    await store.close();
  });

  it("of before the first release are refused with what to do", async () => {
    const place = await ground.place();
    const store = await ground.open(place);
    await sql`update kysely_migration set name = '0001-tables'`.execute(store.db);
    await store.close();
    await expect(ground.open(place)).rejects.toMatchObject({
      code: "store.unreleased",
      message: expect.stringContaining("apay archive load") as string,
    });
  });
});
