import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damaged, damages } from "../../../packages/reports/src/conformance/damage.ts";
import { outcomeOf } from "./outcome.ts";
import { corpusOf, savedOf, saveFinding } from "./saved.ts";
import type { Target } from "./target.ts";
import { TARGETS } from "./targets.ts";

/** Seconds for each reader. Longer hunts, led by coverage: `npm run fuzz -- --minutes 60`. */
const HUNT = process.env["FUZZ_SECONDS"];
/** The everyday run tries the same bytes each time, so that it says something about the present change; a hunt tries new ones. */
const SEED = process.env["FUZZ_SEED"] ?? (HUNT === undefined ? "20261125" : undefined);
/** So many inputs are tried every day, however long that takes. */
const RUNS = 60;

const inputs = (target: Target): fc.Arbitrary<Uint8Array> => {
  const seeds = [...target.seeds, ...savedOf(target.name).map(({ bytes }) => bytes)];
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom(...seeds), damages)
        .map(([seed, list]) => list.reduce<Uint8Array>(damaged, seed)),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...seeds), fc.constantFrom(...seeds), fc.nat(), fc.nat())
        .map(([one, other, at, from]) =>
          Buffer.concat([one.subarray(0, at % (one.length + 1)), other.subarray(from % (other.length + 1))]),
        ),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  );
};

describe.each(TARGETS)("$name", (target) => {
  it("reads what is good, or the bytes that are made from it say nothing", async () => {
    const outcomes = [];
    for (const seed of target.seeds) outcomes.push(await outcomeOf(target, seed));
    // Where files of banks are the start, some of them are there because they must be refused.
    expect(outcomes).toContain(target.refusesSeeds === undefined ? "read" : "refused");
  });

  it("reads or properly refuses what was saved, and nothing at all", async () => {
    for (const { name, bytes } of savedOf(target.name)) {
      const outcome = await outcomeOf(target, bytes).catch((error: unknown) => error);
      const expected = name.split(".").at(-1) === "read" ? "read" : "refused";
      expect(outcome, name).toBe(expected);
    }
    for (const bytes of [new Uint8Array(), ...corpusOf(target.name)]) await outcomeOf(target, bytes);
  });

  it(
    "never falls over, whatever the bytes",
    async () => {
      const property = fc.asyncProperty(inputs(target), async (bytes) => {
        await outcomeOf(target, bytes);
      });
      const details = await fc.check(property, {
        ...(HUNT === undefined
          ? { numRuns: RUNS }
          : { numRuns: 1e9, interruptAfterTimeLimit: Number(HUNT) * 1000, markInterruptAsFailure: false }),
        ...(SEED === undefined ? {} : { seed: Number(SEED) }),
      });
      const [bytes] = details.counterexample ?? [];
      if (bytes !== undefined)
        throw new Error(`saved as ${saveFinding(target.name, bytes)}, seed ${details.seed}`, {
          cause: details.errorInstance,
        });
      expect(details.numRuns).toBeGreaterThanOrEqual(HUNT === undefined ? RUNS : 1);
    },
    120_000 + Number(HUNT ?? 0) * 4000,
  );
});
