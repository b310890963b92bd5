import { Kysely, type Migration } from "kysely";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { storeConformance } from "../conformance/index.ts";
import { migrateStore } from "../migrations/index.ts";
import type { Schema } from "../schema/index.ts";
import { PooledPostgresDialect } from "./dialect.ts";
import { openPostgresStore } from "./open.ts";

describe("opening a PostgreSQL store", () => {
  it("refuses what is not an address", async () => {
    await expect(openPostgresStore("ledger")).rejects.toMatchObject({ code: "store.cannot-open" });
  });

  it("names a server that is not there, without the password", async () => {
    const opening = openPostgresStore("postgres://someone:open-sesame@127.0.0.1:9/ledger");
    await expect(opening).rejects.toMatchObject({
      code: "store.cannot-open",
      message: expect.stringContaining("127.0.0.1:9/ledger"),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringContaining("open-sesame") });
  });

  it("refuses tables of a newer version", async () => {
    const url = await freshDatabase();
    const store = await openPostgresStore(url);
    await store.db
      .insertInto("kysely_migration" as never)
      .values({ name: "9999-later", timestamp: "later" } as never)
      .execute();
    await store.close();
    await expect(openPostgresStore(url)).rejects.toMatchObject({ code: "store.newer" });
  });

  it("tells a role that may make no tables who has to go first", async () => {
    const url = await freshDatabase();
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(
      `do $$ begin if not exists (select from pg_roles where rolname = 'apay_test_nobody') then create role apay_test_nobody login; end if; end $$`,
    );
    // As every version from 15 on has it.
    await owner.query("revoke create on schema public from public");
    const address = new URL(url);
    address.username = "apay_test_nobody";
    await expect(openPostgresStore(address.href)).rejects.toMatchObject({
      code: "store.migration-failed",
      message: expect.stringContaining("apay worker --prepare"),
    });
    await owner.end();
  });

  it("does not wait for a table that somebody holds, with everybody else behind it", async () => {
    const url = await freshDatabase();
    await (await openPostgresStore(url)).close();
    const db = new Kysely<Schema>({
      dialect: new PooledPostgresDialect({ pool: new pg.Pool({ connectionString: url }) }),
    });
    const later: Record<string, Migration> = {
      "0002-test": { up: (next) => next.schema.createIndex("later").on("hook").column("attempts").execute() },
    };
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query(`begin; lock table hook in share row exclusive mode`);
    await expect(migrateStore(db, "postgres", later)).rejects.toMatchObject({
      code: "store.migration-failed",
      message: expect.stringContaining("nothing was changed, try again"),
    });
    await owner.query(`rollback`);
    await migrateStore(db, "postgres", later);
    await db.destroy();
    const { rows } = await owner.query(`select to_regclass('later') is not null as there`);
    expect(rows).toEqual([{ there: true }]);
    await owner.end();
  });

  it("opens from several places at once", async () => {
    const url = await freshDatabase();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url), openPostgresStore(url)]);
    await stores[0]!.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "kept" }).execute();
    expect(await stores[2]!.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "kept" }]);
    for (const store of stores) await store.close();
  });
});

storeConformance("PostgreSQL", async () => openPostgresStore(await freshDatabase()));
storeConformance("PostgreSQL, settling rows where they lie,", async () =>
  openPostgresStore(await freshDatabase(), { settleInPlace: true }),
);
