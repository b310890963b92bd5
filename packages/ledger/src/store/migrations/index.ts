import { type Kysely, type Migration, Migrator, sql } from "kysely";
import { StoreError } from "../errors.ts";
import type { Schema } from "../schema/index.ts";
import { FIRST_TABLES } from "./0001-tables.ts";
import { NEWS_TABLES } from "./0002-news-tables.ts";
import { RATE_TABLES } from "./0030-rate-buckets.ts";
import { addServiceClock } from "./0031-service-clock.ts";
import { indexRecordsByKind } from "./0032-records-by-kind.ts";
import { WITHDRAWAL_TABLES } from "./0033-withdrawn-statements.ts";
import { addSentences } from "./0040-sentences.ts";
import { addImpliedOpening } from "./0041-implied-opening.ts";
import { indexDueDeliveries } from "./0042-due-deliveries.ts";
import { orderWaitingReports } from "./0043-next-report.ts";
import { createTable, type DialectName } from "./tables.ts";

function migrationsFor(dialect: DialectName): Record<string, Migration> {
  return {
    "0001-tables": {
      async up(db) {
        for (const shape of FIRST_TABLES) await createTable(db, dialect, shape);
      },
    },
    "0002-news-tables": {
      async up(db) {
        for (const shape of NEWS_TABLES) await createTable(db, dialect, shape);
      },
    },
    "0030-rate-buckets": {
      async up(db) {
        for (const shape of RATE_TABLES) await createTable(db, dialect, shape);
      },
    },
    "0031-service-clock": { up: (db) => addServiceClock(db, dialect) },
    "0032-records-by-kind": { up: indexRecordsByKind },
    "0033-withdrawn-statements": {
      async up(db) {
        for (const shape of WITHDRAWAL_TABLES) await createTable(db, dialect, shape);
      },
    },
    "0040-sentences": { up: addSentences },
    "0041-implied-opening": { up: (db) => addImpliedOpening(db, dialect) },
    "0042-due-deliveries": { up: indexDueDeliveries },
    "0043-next-report": { up: orderWaitingReports },
  };
}

/** A long transaction of somebody else would make a migration wait, and everybody else behind it: it gives up before. */
const LOCK_TIMEOUT = "3s";

function patiently(migrations: Record<string, Migration>): Record<string, Migration> {
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
 * @param upTo name of the last migration to carry out. Default: all
 * @throws StoreError `store.newer` when the tables are ahead of this version, `store.migration-failed`
 */
export async function migrateStore(db: Kysely<Schema>, dialect: DialectName, upTo?: string): Promise<void> {
  const known = migrationsFor(dialect);
  const migrations = dialect === "postgres" ? patiently(known) : known;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(upTo);
  if (error === undefined) return;
  const reason = error instanceof Error ? error.message : String(error);
  if (/previously executed migration .* is missing/.test(reason)) {
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
