import { describe, expect, it } from "vitest";
import { simulate } from "./simulate.ts";

/** Seeds that always run; a seed that once failed joins them under the name of what broke. */
const FIXED = Array.from({ length: 8 }, (_none, index) => index + 1);

describe("simulation", () => {
  it.each(FIXED)("seed %i: the ledger equals the truth", async (seed) => {
    const outcome = await simulate({ seed, days: 4 });
    expect(outcome.problems).toEqual([]);
    expect(outcome.rows).toBeGreaterThan(0);
  });

  it("gives the same life for the same seed", async () => {
    expect(await simulate({ seed: "twin", days: 3 })).toEqual(await simulate({ seed: "twin", days: 3 }));
  });

  it("survives a service that fails every third call", async () => {
    const outcome = await simulate({ seed: "storm", days: 3, faultRate: 0.33 });
    expect(outcome.problems).toEqual([]);
    expect(outcome.faults).toBeGreaterThan(20);
  });
});
