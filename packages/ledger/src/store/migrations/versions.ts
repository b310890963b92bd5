import { type Kysely, type Migration, sql } from "kysely";
import type { Schema } from "../schema/index.ts";

/** A migration, and which versions of the kit go on with the tables that it leaves. */
export interface LedgerMigration extends Migration {
  /**
   * The oldest version of the tables whose kit reads and writes these correctly. A migration that only adds tables, columns that
   * may be empty and indexes names the version before it, so that a rollout can pause and roll back.
   * Default: its own number, which shuts every earlier kit out.
   */
  readonly minReader?: number;
}

/** Which migrations have run, and from which version of the tables on a kit may work with them. */
const TABLE = "schema_version";

/** Makes the table where it is not. The same text for both databases. */
export const CREATE_SCHEMA_VERSION = `create table if not exists ${TABLE} (
  version integer not null primary key, name text not null, min_reader_version integer not null)`;

/** How far the tables are, and whom they admit. */
export interface SchemaState {
  /** Version of the tables that this kit makes. */
  readonly kit: number;
  /** Version of the tables as they are. */
  readonly tables: number;
  /** Oldest version that may work with them. */
  readonly minReader: number;
}

/** The number that the name of a migration begins with. */
export function versionOf(name: string): number {
  return Number.parseInt(name, 10);
}

/** Lets a migration write down, in its own transaction, which version it makes and whom it admits. */
export function recorded(name: string, { up, minReader = versionOf(name) }: LedgerMigration): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await up(db);
      await sql.raw(CREATE_SCHEMA_VERSION).execute(db);
      await sql`insert into ${sql.table(TABLE)} (version, name, min_reader_version)
        values (${versionOf(name)}, ${name}, ${minReader})`.execute(db);
    },
  };
}

/** What the tables say about themselves. */
interface Written {
  /** Names of all migrations that have run. */
  readonly executed: readonly string[];
  /** By name; lacks those that say nothing about who may read. */
  readonly minReader: ReadonlyMap<string, number>;
}

async function readTables(db: Kysely<Schema>): Promise<Written> {
  const tables = new Set(
    (await db.introspection.getTables({ withInternalKyselyTables: true })).map(({ name }) => name),
  );
  const executed = tables.has("kysely_migration")
    ? (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows
    : [];
  const admitted = tables.has(TABLE)
    ? (
        await sql<{
          name: string;
          min: number;
        }>`select name, min_reader_version as min from ${sql.table(TABLE)}`.execute(db)
      ).rows
    : [];
  return {
    executed: executed.map(({ name }) => name),
    minReader: new Map(admitted.map(({ name, min }) => [name, Number(min)])),
  };
}

/**
 * How far the tables of a ledger are, and which versions of the kit may work with them.
 *
 * A migration that left no word about earlier versions admits none.
 *
 * @param kit names of the migrations that the asking kit brings
 */
export async function schemaStateOf(db: Kysely<Schema>, kit: readonly string[]): Promise<SchemaState> {
  const { executed, minReader } = await readTables(db);
  const known = new Set(kit);
  const admits = executed.map((name) => (known.has(name) ? 1 : (minReader.get(name) ?? versionOf(name))));
  return {
    kit: Math.max(0, ...kit.map(versionOf)),
    tables: Math.max(0, ...executed.map(versionOf)),
    minReader: Math.max(1, ...admits),
  };
}

/** Whether a kit may work with tables that a newer one has brought up to date. */
export function isAdmitted({ kit, minReader }: SchemaState): boolean {
  return kit >= minReader;
}
