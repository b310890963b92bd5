import { integer, systemRandom } from "@amazon-pay-kit/sdk/random";
import { describe, expect, it } from "vitest";
import { simulate } from "./simulate.ts";

/** Seeds that always run; a seed that once failed joins them under the name of what broke. */
const FIXED = Array.from({ length: 6 }, (_none, index) => index + 1);

/** Others in every run. A failing one is in the test's name: `npm run simulate -- --seed N --seeds 1` repeats it. */
const FRESH = Array.from({ length: 3 }, () => integer(systemRandom, 1_000_000, 2_000_000_000));

describe("simulation", () => {
  it.each(FIXED)("seed %i: the ledger equals the truth, its exceptions what was made wrong", async (seed) => {
    const outcome = await simulate({ seed });
    expect(outcome.problems).toEqual([]);
    expect(outcome.rows).toBeGreaterThan(0);
  });

  it.each(FRESH)("fresh seed %i: the same", async (seed) => {
    expect((await simulate({ seed })).problems).toEqual([]);
  });

  it("goes on when the clock jumps by as much as a sign of life takes (seed 518)", async () => {
    expect((await simulate({ seed: 518, pageSize: 100 })).problems).toEqual([]);
  });

  it("does not miss a capture that the next settlement may still have (seed 524)", async () => {
    const { problems, damages, exceptions } = await simulate({ seed: 524, pageSize: 100 });
    expect(problems).toEqual([]);
    // The settlement that it was left out of does not add up, and says so.
    expect([damages, exceptions]).toEqual([1, 1]);
  });

  it("waits for a report whose next try is not due yet before it judges (seed 445)", async () => {
    expect((await simulate({ seed: 445 })).problems).toEqual([]);
  });

  it("gives the same life for the same seed", async () => {
    const duplicate = { seed: "duplicate", days: 3, notificationRate: 0 };
    expect(await simulate(duplicate)).toEqual(await simulate(duplicate));
  });

  it("survives a service that fails every third call", async () => {
    const outcome = await simulate({ seed: "storm", days: 3, faultRate: 0.33, damageRate: 0 });
    expect(outcome.problems).toEqual([]);
    expect(Object.values(outcome.faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
  });

  it("meets every fault, dies, fills its disk, and is notified of everything more than once", async () => {
    const outcome = await simulate({ seed: 4711, faultRate: 0.25, damageRate: 0.4, notificationRate: 1 });
    expect(outcome.problems).toEqual([]);
    expect(Object.keys(outcome.faults).sort()).toEqual(
      ["clock-jump", "expired-url", "lost-answer", "reset", "throttled", "truncated", "unavailable"].sort(),
    );
    expect(outcome.deaths).toBeGreaterThan(0);
    expect(outcome.diskFull).toBeGreaterThan(0);
    expect(outcome.damages).toBeGreaterThan(0);
    expect(outcome.exceptions).toBeGreaterThan(0);
    expect(outcome.notifications).toBeGreaterThan(0);
  });

  it("sees a ledger that lost a row, and a row that is there twice", async () => {
    for (const damage of ["drop-row", "duplicate-row"] as const) {
      const outcome = await simulate({
        seed: 5,
        days: 4,
        crashes: false,
        faultRate: 0,
        damageRate: 0,
        sabotage: damage,
      });
      expect(outcome.problems.length, damage).toBeGreaterThan(0);
    }
  });
});
