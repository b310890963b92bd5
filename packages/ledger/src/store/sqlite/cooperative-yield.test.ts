import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompiledQuery } from "kysely";
import { expect, it } from "vitest";
import { openSqliteStore } from "./open.ts";

/** A query that takes some milliseconds and reads no table. */
const COUNTING = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select max(i) from n";

it("leaves turns to timers while query follows on query, in and outside transactions", async () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-yield-"));
  const store = await openSqliteStore(join(folder, "ledger.sqlite"));
  const turnsDuring = async (db: typeof store.db): Promise<number> => {
    let mutex = 0;
    const timer = setInterval(() => (mutex += 1), 1);
    const end = performance.now() + 300;
    while (performance.now() < end) await db.executeQuery(CompiledQuery.raw(COUNTING));
    clearInterval(timer);
    return mutex;
  };
  expect(await turnsDuring(store.db)).toBeGreaterThan(1);
  expect(await store.transaction((db) => turnsDuring(db as typeof store.db))).toBeGreaterThan(1);
  await store.close();
  rmSync(folder, { recursive: true });
});
