import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite/open.ts";
import { withLease } from "./with-lease.ts";

it("leaves a turn to the work, with a clock whose sleep ends at once", async () => {
  const store = await openSqliteStore(":memory:");
  let present = 1_000_000;
  let sleeps = 0;
  const clock = {
    now: () => present,
    sleep: async (millis: number) => {
      sleeps += 1;
      // So that a lease that gives no turn fails the test instead of holding up the whole process.
      if (sleeps > 2000) throw new Error("no turn was left to the work");
      present += millis;
    },
  };
  const work = () => new Promise<string>((resolve) => setImmediate(() => setImmediate(() => resolve("done"))));
  expect(await withLease({ store, clock, random: seededRandom(1) }, { accountId: "A1", name: "sync" }, work)).toBe(
    "done",
  );
  expect(sleeps).toBeLessThan(20);
  await store.close();
});
