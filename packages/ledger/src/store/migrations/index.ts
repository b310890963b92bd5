import { type Kysely, type Migration, Migrator, sql } from "kysely";
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

/**
 * Whether the migrations that have run are these and no others, in SQLite, where most commands only look something up: the migrator
 * asks for the columns of all tables twice before it finds that there is nothing to do, a twentieth of such a command.
 */
async function haveRun(db: Kysely<Schema>, names: readonly string[]): Promise<boolean> {
  const { rows: tables } = await sql`select 1 from sqlite_master where name = 'kysely_migration'`.execute(db);
  if (tables.length === 0) return false;
  const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration`.execute(db);
  const run = rows.map(({ name }) => name);
  return run.length === names.length && names.every((name) => run.includes(name));
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
  if (dialect === "sqlite" && (await haveRun(db, Object.keys(known)))) return;
  const recording = withRecord(known);
  const migrations = dialect === "postgres" ? withLockTimeout(recording) : recording;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
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
