import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { StoreError } from "../errors.ts";
import { type Schema, TABLES } from "../schema/index.ts";
import type { DialectName } from "../schema/shape.ts";
import { createTable } from "./create-table.ts";

function migrationsFor(dialect: DialectName): Record<string, Migration> {
  return {
    "0001-schema": {
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

/** What to do about a refusal of PostgreSQL's that says only what it refuses. */
function remedyFor(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "42501") return ": let the tables' owner run apay worker --prepare first, once after every update";
  if (code === "55P03") return `: somebody else held a table for ${LOCK_TIMEOUT}; nothing was changed, try again`;
  return "";
}

/**
 * Brings the tables to the present version: forward only, all of it or nothing, safe when several processes start at once.
 *
 * @param later migrations after those of the kit. Default: none; tests add what a next version may bring
 * @throws StoreError `store.newer` when the tables are ahead of this version, `store.unreleased` when they are older than the first
 * release, `store.migration-failed`
 */
export async function migrateStore(
  db: Kysely<Schema>,
  dialect: DialectName,
  later: Readonly<Record<string, Migration>> = {},
): Promise<void> {
  const known = { ...migrationsFor(dialect), ...later };
  const migrations = dialect === "postgres" ? withLockTimeout(known) : known;
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
    throw new StoreError(
      "store.newer",
      `the ledger was written by a newer version of the kit (${reason}): update the kit`,
      {
        cause: error,
      },
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
