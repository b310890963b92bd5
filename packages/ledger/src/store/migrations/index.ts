import { type Kysely, type Migration, type MigrationResultSet, Migrator, sql } from "kysely";
import { StoreError } from "../errors.ts";
import { type Schema, TABLES } from "../schema/index.ts";
import type { DialectName } from "../schema/shape.ts";
import { createTable } from "./create-table.ts";
import { isAdmitted, type LedgerMigration, recorded, type SchemaState, schemaStateOf } from "./versions.ts";

function migrationsFor(dialect: DialectName): Record<string, LedgerMigration> {
  return {
    "0001-schema": {
      minReader: 1,
      async up(db) {
        for (const [name, shape] of Object.entries(TABLES)) await createTable(db, dialect, name, shape);
      },
    },
  };
}

/** The first migration of the books that were kept before the first release, whose tables nothing brings up to date. */
const BEFORE_RELEASE = "0001-tables";

/** A long transaction of somebody else would make a migration wait, and everybody else behind it: it gives up before. */
const LOCK_TIMEOUT = "3s";

function withLockTimeout(migrations: Record<string, Migration>): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, { up }]) => [
      name,
      {
        async up(db) {
          await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(db);
          await up(db);
        },
      } satisfies Migration,
    ]),
  );
}

function withRecord(migrations: Readonly<Record<string, LedgerMigration>>): Record<string, Migration> {
  return Object.fromEntries(Object.entries(migrations).map(([name, given]) => [name, recorded(name, given)]));
}

/**
 * How far the tables of an open ledger are, and which versions of the kit may work with them.
 *
 * @example
 * const { kit, tables } = await schemaState(ledger.store.db);
 * if (tables > kit) console.log("a newer version of the kit has been here");
 */
export function schemaState(db: Kysely<Schema>): Promise<SchemaState> {
  return schemaStateOf(db, Object.keys(migrationsFor("postgres")));
}

/** What to do about a refusal of PostgreSQL's that says only what it refuses. */
function remedyFor(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "42501") return ": let the tables' owner run apay worker --prepare first, once after every update";
  if (code === "40P01") return ": somebody worked on the same tables; nothing was changed, try again";
  if (code === "55P03") return `: somebody else held a table for ${LOCK_TIMEOUT}; nothing was changed, try again`;
  return "";
}

/** Where Kysely writes down what has run, as it makes it. */
const KYSELY_MIGRATION = `create table kysely_migration (name varchar(255) not null primary key, timestamp varchar(255) not null)`;

async function hasRecord(db: Kysely<Schema>, dialect: DialectName): Promise<boolean> {
  const look =
    dialect === "postgres"
      ? sql`select 1 where to_regclass('kysely_migration') is not null`
      : sql`select 1 from sqlite_master where name = 'kysely_migration'`;
  return (await look.execute(db)).rows.length > 0;
}

/**
 * Whether the migrations that have run are these and no others. Most commands only look something up: the migrator asks for the columns
 * of all tables twice before it finds that there is nothing to do, a twentieth of such a command.
 */
async function haveRun(db: Kysely<Schema>, dialect: DialectName, names: readonly string[]): Promise<boolean> {
  if (!(await hasRecord(db, dialect))) return false;
  const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration`.execute(db);
  const run = rows.map(({ name }) => name);
  return run.length === names.length && names.every((name) => run.includes(name));
}

/**
 * Runs work on PostgreSQL in one transaction, after that of everybody else who does the same. The lock is one of the transaction: it ends
 * with it, whatever happens, and a pooler between us and the database keeps the transaction on one connection.
 */
function oneAtATime<T extends { readonly error?: unknown }>(
  db: Kysely<Schema>,
  work: (own: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  return db.connection().execute(async (own) => {
    await sql`begin`.execute(own);
    try {
      await sql`select pg_advisory_xact_lock(hashtext('apay migrations'))`.execute(own);
      // Kysely looks again after a refusal, which a transaction does not allow: who may make no table is refused here, in words of its own.
      if (!(await hasRecord(own, "postgres"))) await sql.raw(KYSELY_MIGRATION).execute(own);
      const result = await work(own);
      await (result.error === undefined ? sql`commit` : sql`rollback`).execute(own);
      return result;
    } catch (error) {
      // The first error is the one that says what is wrong.
      await sql`rollback`.execute(own).catch(() => undefined);
      throw error;
    }
  });
}

/**
 * Brings the tables to the present version: forward only, all of it or nothing, safe when several processes start at once.
 * Tables of a newer version are left as they are, and are worked with where they admit this one.
 *
 * @param later migrations after those of the kit. Default: none; tests add what a next version may bring
 * @throws StoreError `store.newer` when the tables do not admit this version any more, `store.unreleased` when they are older than the first
 * release, `store.migration-failed`
 */
export async function migrateStore(
  db: Kysely<Schema>,
  dialect: DialectName,
  later: Readonly<Record<string, LedgerMigration>> = {},
): Promise<void> {
  const known = { ...migrationsFor(dialect), ...later };
  if (await haveRun(db, dialect, Object.keys(known))) return;
  const recording = withRecord(known);
  const migrations = dialect === "postgres" ? withLockTimeout(recording) : recording;
  const migrate = (on: Kysely<Schema>): Promise<MigrationResultSet> =>
    new Migrator({ db: on, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  const { error } = await (dialect === "postgres" ? oneAtATime(db, migrate) : migrate(db)).catch((caught: unknown) => ({
    error: caught,
  }));
  if (error === undefined) return;
  const reason = error instanceof Error ? error.message : String(error);
  if (/previously executed migration .* is missing/.test(reason)) {
    if (reason.includes(BEFORE_RELEASE)) {
      throw new StoreError(
        "store.unreleased",
        "the ledger was made before the first release: move it away and make it anew with apay archive load and apay sync",
        { cause: error },
      );
    }
    // Asked after the refusal: somebody may have brought the tables up to date between an earlier look and the migrator's.
    const state = await schemaStateOf(db, Object.keys(known));
    if (isAdmitted(state)) return;
    throw new StoreError(
      "store.newer",
      `the ledger's tables are of version ${state.tables}, which a newer version of the kit made; they admit kits that know ` +
        `version ${state.minReader} or later, and this one knows version ${state.kit}: update the kit`,
      { cause: error },
    );
  }
  throw new StoreError(
    "store.migration-failed",
    `the ledger's tables could not be brought up to date: ${reason}${remedyFor(error)}`,
    {
      cause: error,
    },
  );
}
