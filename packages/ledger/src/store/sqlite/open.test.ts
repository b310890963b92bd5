import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeConformance } from "../conformance/index.ts";
import { openSqliteStore } from "./open.ts";

let folder = "";
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "apay-sqlite-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fresh = (): string => join(folder, `${(count += 1)}`, "ledger.sqlite");

describe("opening a SQLite store", () => {
  it("names a file that is no database", async () => {
    const path = join(folder, "notes.txt");
    await writeFile(
      path,
      "this is not a database, it is a page of text that is long enough to be looked at".repeat(20),
    );
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: "store.cannot-open",
      message: expect.stringContaining(path),
    });
  });

  it("names a folder that cannot be made", async () => {
    await expect(openSqliteStore(join(folder, "notes.txt", "ledger.sqlite"))).rejects.toMatchObject({
      code: "store.cannot-open",
    });
  });

  it.skipIf(process.platform === "win32")(
    "lets nobody else read new books, and leaves the mode of older ones",
    async () => {
      const path = fresh();
      const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;
      const store = await openSqliteStore(path);
      expect(await Promise.all([path, `${path}-wal`, `${path}-shm`].map(modeOf))).toEqual([0o600, 0o600, 0o600]);
      await store.close();
      await chmod(path, 0o640);
      await (await openSqliteStore(path)).close();
      expect(await modeOf(path)).toBe(0o640);
    },
  );

  it("refuses tables of a newer version", async () => {
    const path = fresh();
    const store = await openSqliteStore(path);
    await store.db
      .insertInto("kysely_migration" as never)
      .values({ name: "9999-later", timestamp: "later" } as never)
      .execute();
    await store.close();
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: "store.newer" });
  });

  it("waits for another process that writes, without standing still", async () => {
    const path = fresh();
    const [first, second] = [await openSqliteStore(path), await openSqliteStore(path)];
    let waiting: Promise<unknown> = Promise.resolve();
    await first.transaction(async (db) => {
      await db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "a", mark: "" }).execute();
      waiting = Promise.all([
        second.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "b", mark: "" }).execute(),
        second.transaction((other) =>
          other.insertInto("reconcile_mark").values({ account_id: "A1", subject: "c", mark: "" }).execute(),
        ),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await waiting;
    expect(await second.db.selectFrom("reconcile_mark").select("subject").orderBy("subject").execute()).toHaveLength(3);
    await first.close();
    await second.close();
  });

  it("opens from several places at once and keeps what was stored", async () => {
    const path = fresh();
    const stores = await Promise.all([openSqliteStore(path), openSqliteStore(path), openSqliteStore(path)]);
    await stores[0]!.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "kept" }).execute();
    for (const store of stores) await store.close();
    const again = await openSqliteStore(path);
    expect(await again.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "kept" }]);
    await again.close();
  });
});

storeConformance("SQLite file", () => openSqliteStore(fresh()));
storeConformance("SQLite memory", () => openSqliteStore(":memory:"));
