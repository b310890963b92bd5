import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../../tests/postgres/database.ts";
import { type Ledger, openLedger } from "../../../ledger.ts";
import { apiV2Source } from "../sources/api-v2/source.ts";
import { SyncError } from "../errors.ts";
import type { SyncEvent } from "./events.ts";
import type { SyncOptions } from "./options.ts";
import { openShop, type TestShop } from "./testing/shop-fixture.ts";
import { storedLines, truthLines } from "./testing/truth.ts";

let shop: TestShop;
let ledger: Ledger;
let options: SyncOptions;

async function open(place: { dataDir: string; databaseUrl?: string } = { dataDir: ":memory:" }): Promise<void> {
  ledger = await openLedger({ ...place, clock: shop.clock });
}

beforeEach(async () => {
  shop = await openShop({ days: 30, orders: 120 });
  const source = apiV2Source(shop.client, { pageSize: 7 });
  options = { accounts: [{ accountId: "shop", region: "na", environment: "sandbox", sources: [source] }] };
});
afterEach(async () => {
  await ledger.close();
  await shop.sandbox.close();
});

describe("a sync by API v2", () => {
  it.each(["SQLite", "PostgreSQL"])("brings in every report and payout of a shop, to the cent, on %s", async (name) => {
    await open(name === "SQLite" ? undefined : { dataDir: ":memory:", databaseUrl: await freshDatabase() });
    const first = await ledger.sync(options);
    expect(first).toMatchObject({ failures: [], quarantined: 0, rowErrors: 0, notFetched: 0, skipped: 0, repeats: 0 });
    expect(await storedLines(ledger.store, "shop")).toEqual(truthLines(shop.sandbox, shop.merchant.merchantId));
    expect(truthLines(shop.sandbox, shop.merchant.merchantId).length).toBeGreaterThan(100);
    expect(first.disbursements).toBeGreaterThan(5);
    const again = await ledger.sync(options);
    expect(again).toMatchObject({ failures: [], fresh: 0, fetched: 0, files: 0 });
    await shop.sandbox.clock.advance("P4D");
    const later = await ledger.sync(options);
    expect(later.fresh).toBeGreaterThan(0);
    expect(later.fetched).toBe(later.fresh);
    expect(await storedLines(ledger.store, "shop")).toEqual(truthLines(shop.sandbox, shop.merchant.merchantId));
    for await (const { findings } of ledger.verifyArchive()) expect(findings).toEqual([]);
    expect(await ledger.store.db.selectFrom("alert").selectAll().execute()).toEqual([]);
  });

  it("finds every day covered, the quiet ones too", async () => {
    await open();
    await ledger.sync(options);
    const spans = await ledger.coverage("shop");
    expect(spans.filter(({ status }) => status === "late" || status === "missing")).toEqual([]);
    expect(spans.filter(({ reportType }) => reportType.includes("SETTLEMENT"))).toHaveLength(1);
    expect(await ledger.store.db.selectFrom("coverage").selectAll().execute()).toHaveLength(spans.length);
  });

  it("tells what it does, step by step", async () => {
    await open();
    const events: SyncEvent[] = [];
    const summary = await ledger.sync({ ...options, onEvent: (event) => events.push(event) });
    const types = events.map((event) => event.type);
    expect([types[0], types.at(-1)]).toEqual(["started", "ended"]);
    expect(types.filter((type) => type === "loaded")).toHaveLength(summary.files);
    const planned = events.find((event) => event.type === "planned");
    expect(planned).toMatchObject({ reports: summary.fetched, accountId: "shop", source: "v2" });
  });

  it("takes what could be listed where a part of the source is closed, and says what was not", async () => {
    await open();
    const [account] = options.accounts;
    const [source] = account?.sources ?? [];
    if (account === undefined || source === undefined) throw new TypeError("the test has no source");
    const closed = new SyncError("sync.closed-folder", "cannot look into inbox/closed");
    const partly = {
      name: source.name,
      fetch: source.fetch.bind(source),
      async *list(...args: Parameters<typeof source.list>) {
        yield* source.list(...args);
        throw closed;
      },
    };
    const summary = await ledger.sync({ accounts: [{ ...account, sources: [partly] }] });
    expect(summary.failures).toMatchObject([{ message: closed.message }]);
    expect(summary).toMatchObject({ notFetched: 0, quarantined: 0 });
    expect(await storedLines(ledger.store, "shop")).toEqual(truthLines(shop.sandbox, shop.merchant.merchantId));
  });

  it("gets on when it is ended each time before a listing is through", async () => {
    await open();
    const [account] = options.accounts;
    const [source] = account?.sources ?? [];
    if (account === undefined || source === undefined) throw new TypeError("the test has no source");
    let lists = 0;
    const ended = new Error("ended");
    /** Lists one page, then the process ends. */
    const shortLived = {
      ...source,
      async *list(...args: Parameters<typeof source.list>) {
        for await (const page of source.list(...args)) {
          yield page;
          lists += 1;
          life.abort(ended);
        }
      },
    };
    let life = new AbortController();
    const fetched: number[] = [];
    for (let lives = 0; lives < 2; lives += 1) {
      life = new AbortController();
      const accounts = [{ ...account, sources: [shortLived] }];
      await expect(ledger.sync({ accounts, signal: life.signal })).rejects.toThrow("ended");
      const files = await ledger.store.db
        .selectFrom("file")
        .select("file_id")
        .where("loaded_at", "is not", null)
        .execute();
      fetched.push(files.length);
    }
    expect(lists).toBe(2);
    expect(fetched[0]).toBe(0);
    expect(fetched[1]).toBeGreaterThan(0);
  });
});
