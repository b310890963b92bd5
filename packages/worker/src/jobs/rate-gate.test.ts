import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { openPostgresStore } from "../../../ledger/src/store/postgres/open.ts";
import type { Store } from "../../../ledger/src/store/store.ts";
import type { ReportSource, SourceCall } from "../../../ledger/src/ingest/reports/sources/source.ts";
import { rateGate } from "./rate-gate.ts";
import { ratedSource } from "./rated-source.ts";

let stores: Store[];
beforeEach(async () => {
  const url = await freshDatabase();
  stores = [await openPostgresStore(url), await openPostgresStore(url)];
});
afterEach(async () => {
  for (const store of stores) await store.close();
});

const never = (): AbortSignal => new AbortController().signal;
const gates = () => stores.map((store) => rateGate(store.db, systemClock));

describe("the gate for calls", () => {
  it("lets a burst through and then goes by the rate, over all workers together", async () => {
    const rate = { burst: 5, everyMillis: 40 };
    const bucket = { accountId: "A1", name: "v2 list" };
    const started = systemClock.now();
    const passed: number[] = [];
    const call = async (index: number): Promise<void> => {
      await gates()[index % 2]!.pass(bucket, rate, 60_000, never());
      passed.push(systemClock.now() - started);
    };
    await Promise.all(Array.from({ length: 30 }, (_none, index) => call(index)));
    passed.sort((left, right) => left - right);
    // The leaky bucket's law: by any moment no more than the burst and what has leaked since. 15 ms for the timers' grain.
    for (const [index, at] of passed.entries())
      expect(index + 1, `call ${index + 1} at ${at} ms`).toBeLessThanOrEqual(5 + (at + 15) / 40);
    expect(passed.at(-1)).toBeLessThan(25 * 40 + 2000);
  });

  it("keeps the accounts and the calls apart", async () => {
    const rate = { burst: 1, everyMillis: 3_600_000 };
    const [gate] = gates();
    await gate!.pass({ accountId: "A1", name: "v2 list" }, rate, 0, never());
    await gate!.pass({ accountId: "A2", name: "v2 list" }, rate, 0, never());
    await gate!.pass({ accountId: "A1", name: "v2 fetch" }, rate, 0, never());
    await expect(gate!.pass({ accountId: "A1", name: "v2 list" }, rate, 1000, never())).rejects.toMatchObject({
      name: "JobDeferred",
      seconds: expect.closeTo(3600, -1),
    });
  });

  it("counts what a client tries again by itself, and its first attempts once", async () => {
    let calls = 0;
    // Each call takes three attempts on the wire.
    const triedThrice = (): ReportSource => {
      let attempt: (call: SourceCall) => void = () => {};
      return {
        name: "v2",
        onAttempt: (listener: typeof attempt) => void (attempt = listener),
        fetch: async () => {
          calls += 1;
          for (let times = 0; times < 3; times += 1) attempt("fetch");
          attempt("list");
        },
      } as unknown as ReportSource;
    };
    const rates = { fetch: { burst: 6, everyMillis: 3_600_000 } };
    const [here, there] = gates().map((gate) => ratedSource(triedThrice(), { accountId: "A1", rates, gate }));
    await here!.fetch({} as never, never());
    const slotsTaken = async (): Promise<number> => {
      const row = await stores[0]!.db.selectFrom("rate_bucket").select("empty_at").executeTakeFirstOrThrow();
      return Math.round((row.empty_at - systemClock.now()) / 3_600_000);
    };
    await expect.poll(slotsTaken).toBe(3);
    await here!.fetch({} as never, never());
    await expect.poll(slotsTaken).toBe(6);
    await expect(there!.fetch({} as never, never())).rejects.toMatchObject({ name: "JobDeferred" });
    expect(calls).toBe(2);
  });

  it("hands on what the source knows of the service's time", () => {
    const source = { name: "v2", serviceTime: () => 42 } as unknown as ReportSource;
    const gate = gates()[0]!;
    expect(ratedSource(source, { accountId: "A1", rates: {}, gate }).serviceTime?.()).toBe(42);
  });

  it("closes for everybody when the service says that it is too much", async () => {
    const throttled = Object.assign(new Error("slow down"), { code: "api.throttled", retryAfterMs: 90_000 });
    let calls = 0;
    const source = {
      name: "v2",
      async *list() {},
      fetch() {
        calls += 1;
        return Promise.reject(throttled);
      },
    } as unknown as ReportSource;
    const rates = { fetch: { burst: 10, everyMillis: 10 } };
    const [here, there] = gates().map((gate) => ratedSource(source, { accountId: "A1", rates, gate }));
    await expect(here!.fetch({} as never, never())).rejects.toBe(throttled);
    await expect(there!.fetch({} as never, never())).rejects.toMatchObject({ name: "JobDeferred" });
    expect(calls).toBe(1);
  });
});
