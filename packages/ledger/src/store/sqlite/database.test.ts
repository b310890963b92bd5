/** Regressions: a stream that lost its statement on the way, and a closed ledger whose file stayed locked. */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { connect } from "./database.ts";
import { openSqliteStore } from "./open.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-sqlite-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Collects garbage now. What is used only up to here can go; a turn of the loop lets its destructors run. */
async function collect(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const gc = runInNewContext("gc") as () => void;
  for (let time = 0; time < 3; time += 1) {
    gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const NUMBERS = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select i from n";

it("gives every row of a stream although garbage is collected and statements come and go meanwhile", async () => {
  const store = await openSqliteStore(join(folder, "ledger.sqlite"));
  await store.db
    .insertInto("reconcile_mark")
    .values(Array.from({ length: 1000 }, (_, i) => ({ account_id: "A", subject: `${i}`, mark: "" })))
    .execute();
  let count = 0;
  for await (const row of store.db.selectFrom("reconcile_mark").select("subject").stream(10)) {
    if (count % 250 === 0) await collect();
    // More texts than the cache of statements has places for.
    await store.db
      .selectFrom("reconcile_mark")
      .select(row.subject as "mark")
      .limit(0)
      .execute()
      .catch(() => undefined);
    count += 1;
  }
  expect(count).toBe(1000);
  await store.close();
});

it("holds a statement whose rows are being taken, also where the same text is asked again", async () => {
  const database = await connect(":memory:");
  const rows = database.rows(NUMBERS, []);
  expect(rows.next().value).toEqual({ i: 1n });
  await collect();
  expect(database.statement(NUMBERS).all()).toHaveLength(1000);
  await collect();
  expect([...rows]).toHaveLength(999);
  database.close();
});

it("still answers when more texts have been asked than are kept", async () => {
  const database = await connect(":memory:");
  const ask = (number: number): unknown => database.statement(`select ${number} as n`).get()?.["n"];
  for (let number = 0; number < 600; number += 1) expect(ask(number)).toBe(BigInt(number));
  expect(ask(0)).toBe(0n);
  database.close();
});

it("has everything in the one file after closing, and lets go of it once its statements are collected", async () => {
  const path = join(folder, "ledger.sqlite");
  const store = await openSqliteStore(path);
  await store.db.insertInto("reconcile_mark").values({ account_id: "A", subject: "s", mark: "kept" }).execute();
  for await (const _ of store.db.selectFrom("reconcile_mark").select("mark").stream(1)) break;
  await store.db.selectFrom("reconcile_mark").select("mark").execute();
  await store.close();
  copyFileSync(path, join(folder, "copy.sqlite"));
  const copy = await connect(join(folder, "copy.sqlite"), { readOnly: true });
  expect(copy.statement("select mark from reconcile_mark").all()).toEqual([{ mark: "kept" }]);
  copy.close();
  await collect();
  const other = await connect(path);
  // Refused as long as any other connection has the file open.
  other.exec("pragma journal_mode = delete");
  other.close();
});
