import { expect, it } from "vitest";
import { openTestAccount, type StoreUnderTest } from "./setup.ts";

/** All or nothing, one after the other. */
export function transactions(open: StoreUnderTest): void {
  it("stores nothing of a transaction that fails, and goes on afterwards", async () => {
    const store = await open();
    const broken = store.transaction(async (db) => {
      await db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "1" }).execute();
      throw new Error("stop here");
    });
    await expect(broken).rejects.toThrow("stop here");
    expect(await store.db.selectFrom("reconcile_mark").selectAll().execute()).toEqual([]);
    await store.transaction((db) =>
      db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "2" }).execute(),
    );
    expect(await store.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "2" }]);
  });

  it("refuses the same row twice and leaves the first", async () => {
    const store = await open();
    await openTestAccount(store, "A1");
    await expect(openTestAccount(store, "A1")).rejects.toThrow(/unique|duplicate/i);
    expect(await store.db.selectFrom("account").select("account_id").execute()).toEqual([{ account_id: "A1" }]);
  });

  it("lets reading go on while a transaction is open, without showing what is not yet stored", async () => {
    const store = await open();
    let seen = -1;
    await store.transaction(async (db) => {
      await db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "s", mark: "1" }).execute();
      if (store.concurrentReads) seen = (await store.db.selectFrom("reconcile_mark").selectAll().execute()).length;
    });
    expect(seen).toBe(store.concurrentReads ? 0 : -1);
    expect(await store.db.selectFrom("reconcile_mark").selectAll().execute()).toHaveLength(1);
  });

  it("serves many writers at once, each in its turn", async () => {
    const store = await open();
    await store.db.insertInto("reconcile_mark").values({ account_id: "A1", subject: "n", mark: "0" }).execute();
    const addOne = (): Promise<unknown> =>
      store.transaction(async (db) => {
        const row = await db
          .selectFrom("reconcile_mark")
          .select("mark")
          .where("account_id", "=", "A1")
          .$if(store.dialect === "postgres", (query) => query.forUpdate())
          .executeTakeFirstOrThrow();
        await db
          .updateTable("reconcile_mark")
          .set({ mark: String(Number(row.mark) + 1) })
          .where("account_id", "=", "A1")
          .execute();
      });
    await Promise.all(Array.from({ length: 20 }, addOne));
    expect(await store.db.selectFrom("reconcile_mark").select("mark").execute()).toEqual([{ mark: "20" }]);
  });

  it("streams rows in order, in pieces", async () => {
    const store = await open();
    const values = Array.from({ length: 25 }, (_, index) => ({
      account_id: "A1",
      subject: `s${100 + index}`,
      mark: "",
    }));
    await store.db.insertInto("reconcile_mark").values(values).execute();
    const seen: string[] = [];
    for await (const row of store.db.selectFrom("reconcile_mark").select("subject").orderBy("subject").stream(10)) {
      seen.push(row.subject);
    }
    expect(seen).toEqual(values.map((value) => value.subject));
  });

  it("counts what it changed", async () => {
    const store = await open();
    const values = Array.from({ length: 3 }, (_, index) => ({ account_id: "A1", subject: `s${index}`, mark: "" }));
    const inserted = await store.db.insertInto("reconcile_mark").values(values).executeTakeFirstOrThrow();
    const updated = await store.db
      .updateTable("reconcile_mark")
      .set({ mark: "x" })
      .where("subject", ">", "s0")
      .executeTakeFirstOrThrow();
    const removed = await store.db.deleteFrom("reconcile_mark").where("subject", "=", "none").executeTakeFirstOrThrow();
    expect([inserted.numInsertedOrUpdatedRows, updated.numUpdatedRows, removed.numDeletedRows]).toEqual([3n, 2n, 0n]);
  });
}
