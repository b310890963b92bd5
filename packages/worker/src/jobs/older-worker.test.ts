import pg from "pg";
import { openLedger, openMemoryArchive } from "@amazon-pay-kit/ledger";
import { openPostgresStore } from "@amazon-pay-kit/ledger/store";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { migrateStore } from "../../../ledger/src/store/migrations/index.ts";
import type { LedgerMigration } from "../../../ledger/src/store/migrations/versions.ts";
import { rolesScript } from "../../../ledger/src/store/postgres/roles.ts";
import { TABLES } from "../../../ledger/src/store/schema/index.ts";
import { openJobQueue } from "./queue.ts";
import { NO_RATES, testAccount } from "./testing/merchants.ts";
import { runWorker } from "./worker.ts";

/** What the policy for migrations allows beside workers of the version before: more tables, more columns, more indexes. */
const EXPANDED: LedgerMigration = {
  minReader: 1,
  async up(db) {
    for (const table of Object.keys(TABLES)) {
      await db.schema.alterTable(table).addColumn("of_the_next_version", "text").execute();
    }
    await db.schema.createIndex("settlement_row_by_next").on("settlement_row").column("of_the_next_version").execute();
    await db.schema.createTable("next_version").addColumn("account_id", "text").addColumn("x", "text").execute();
  },
};

/** One that waits for few tables, so that the jobs beside it and it do not wait for each other. */
const ONE_TABLE: LedgerMigration = {
  minReader: 1,
  up: (db) => db.schema.alterTable("settlement_row").addColumn("of_the_next_version", "text").execute(),
};

let url: string;
let owner: pg.Client;
beforeEach(async () => {
  url = await freshDatabase();
  await (await openPostgresStore(url)).close();
  await (await openJobQueue({ databaseUrl: url })).close();
  owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query(rolesScript());
  await owner.query(`do $$ begin if not exists (select from pg_roles where rolname = 'apay_test_older')
    then create role apay_test_older login in role apay_worker; end if; end $$`);
});
afterEach(() => owner.end());

/** What the owner does with the next version: apay worker --prepare, apay database roles. */
async function updateTables(migration: LedgerMigration): Promise<void> {
  const store = await openPostgresStore(url);
  await migrateStore(store.db, "postgres", { "0002-test": migration });
  await store.close();
  await owner.query(rolesScript());
}

/** Starts a worker with the documented role, which ends when it has loaded and reconciled so much. */
async function worker(accountId: string, reports: number, onLoaded: () => void = () => {}): Promise<void> {
  const address = new URL(url);
  address.username = "apay_test_older";
  const ledger = await openLedger({ databaseUrl: address.href, archive: openMemoryArchive() });
  const stop = new AbortController();
  // A file may be loaded by two jobs, of which the second finds nothing to do.
  const seen = { loaded: new Set<number>(), reconciled: 0 };
  try {
    await runWorker(ledger, {
      databaseUrl: address.href,
      accounts: [testAccount({ accountId, reports })],
      rates: NO_RATES,
      gatherSeconds: 1,
      pollMillis: 20,
      signal: stop.signal,
      onJob: ({ job, outcome }) => {
        if (outcome !== "done") return;
        if (job.kind === "reconcile") seen.reconciled += 1;
        if (job.kind === "load") {
          if ("fileId" in job.order) seen.loaded.add(job.order.fileId);
          onLoaded();
        }
        if (seen.reconciled > 0 && seen.loaded.size >= reports) stop.abort();
      },
    });
  } finally {
    await ledger.close();
  }
}

async function rowsLoaded(): Promise<unknown> {
  return (await owner.query(`select account_id, count(*)::int as n from settlement_row group by 1 order by 1`)).rows;
}

describe("a worker of the version before", () => {
  it("starts and works on tables that a newer version has migrated and that admit it", async () => {
    await updateTables(EXPANDED);
    await worker("shop", 3);
    expect(await rowsLoaded()).toEqual([{ account_id: "shop", n: 3 }]);
  });

  it("goes on while the tables are migrated under it, and can be started again afterwards", async () => {
    let updating: Promise<void> | undefined;
    await worker("shop", 8, () => (updating ??= updateTables(ONE_TABLE)));
    await updating;
    await worker("other", 2);
    expect(await rowsLoaded()).toEqual([
      { account_id: "other", n: 2 },
      { account_id: "shop", n: 8 },
    ]);
  });

  it("is told which version it takes where it is not admitted, before it takes a job", async () => {
    await updateTables({ ...EXPANDED, minReader: 2 });
    await expect(worker("shop", 1)).rejects.toMatchObject({
      code: "store.newer",
      message: expect.stringContaining(
        "admit kits that know version 2 or later, and this one knows version 1",
      ) as string,
    });
    expect(await rowsLoaded()).toEqual([]);
  });
});

describe("the script of roles", () => {
  it("takes no table from workers that use it, once they have their policies", async () => {
    const using = new pg.Client({ connectionString: url });
    await using.connect();
    await using.query("begin");
    for (const table of Object.keys(TABLES)) await using.query(`select count(*) from ${table}`);
    await owner.query(`set statement_timeout = '5s'`);
    await owner.query(rolesScript());
    await using.query("rollback");
    // A table that lost its policy gets it again.
    await owner.query(`drop policy apay_own on settlement_row`);
    await owner.query(rolesScript());
    const { rows } = await owner.query(`select polname from pg_policy where polrelid = 'settlement_row'::regclass`);
    expect(rows.map(({ polname }: { polname: string }) => polname).toSorted()).toEqual(["apay_all", "apay_own"]);
    await using.end();
  });
});
