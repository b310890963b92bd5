import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { withLease } from "./with-lease.ts";

let store: Store;
const clock = manualClock(1_000_000);
const contextOf = (seed: number) => ({ store, clock, random: seededRandom(seed) });
const options = { accountId: "A1", name: "sync", millis: 30_000 };

beforeEach(async () => {
  store = await openSqliteStore(":memory:");
});
afterEach(() => store.close());

it("keeps a second runner out, and says who is in", async () => {
  await withLease(contextOf(1), options, async () => {
    const second = withLease(contextOf(2), options, async () => "in");
    await expect(second).rejects.toMatchObject({
      code: "lease.held",
      message: expect.stringContaining("1970-01-01T00:17:10Z"),
    });
    expect(await withLease(contextOf(2), { ...options, accountId: "A2" }, async () => "other account")).toBe(
      "other account",
    );
  });
  expect(await withLease(contextOf(2), options, async () => "afterwards")).toBe("afterwards");
});

it("gives the right back when the work fails", async () => {
  const failing = withLease(contextOf(1), options, async () => {
    throw new Error("broken");
  });
  await expect(failing).rejects.toThrow("broken");
  expect(await store.db.selectFrom("lease").selectAll().execute()).toEqual([]);
});

it("is renewed as long as the work runs", async () => {
  await withLease(contextOf(1), options, async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      await clock.advance(10_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect(withLease(contextOf(2), options, async () => "in")).rejects.toMatchObject({ code: "lease.held" });
  });
});

it("passes to another runner when its holder is dead, and a holder that wakes up again is stopped", async () => {
  let stopped: unknown;
  const first = withLease(contextOf(1), options, async ({ signal }) => {
    await store.db
      .updateTable("lease")
      .set({ expires_at: clock.now() - 1 })
      .execute();
    await withLease(contextOf(2), options, async () => {
      await clock.advance(10_000);
      while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 1));
      stopped = signal.reason;
    });
  });
  await expect(first).rejects.toMatchObject({ code: "lease.lost" });
  expect(stopped).toMatchObject({ code: "lease.lost" });
});
