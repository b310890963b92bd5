import { describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { storeConformance } from "../conformance/index.ts";
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

  it("opens from several places at once", async () => {
    const url = await freshDatabase();
    const stores = await Promise.all([openPostgresStore(url), openPostgresStore(url), openPostgresStore(url)]);
    await stores[0]!.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "kept" }).execute();
    expect(await stores[2]!.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "kept" }]);
    for (const store of stores) await store.close();
  });
});

storeConformance("PostgreSQL", async () => openPostgresStore(await freshDatabase()));
