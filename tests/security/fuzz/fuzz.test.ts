import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { damaged, damages } from "../../../packages/reports/src/conformance/damage.ts";
import { TARGETS, type Target } from "./targets.ts";

/** Seconds for each parser. More of them, for a long hunt: `FUZZ_SECONDS=300 npx vitest run tests/security/fuzz`. */
const HUNT = process.env["FUZZ_SECONDS"];
const SECONDS = Number(HUNT ?? "0.8");
/** The everyday run tries the same bytes each time, so that it says something about the present change; a hunt tries new ones. */
const SEED = process.env["FUZZ_SEED"] ?? (HUNT === undefined ? "20261125" : undefined);
/** So much must have been tried at least, or the time was too short to say anything. */
const FEWEST = 20;

const folderOf = (target: Target): URL => new URL(`fixtures/${target.name}/`, import.meta.url);

function saved(target: Target): { name: string; bytes: Buffer }[] {
  const folder = folderOf(target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(new URL(name, folder)) }));
}

/** A refusal that says nothing, or what the engine says of a defect, helps nobody. */
const EMPTY = /^.{0,5}$|Cannot read propert|is not a function|is not iterable|call stack/;

/** What became of some bytes; throws the error with which a parser fell over. */
async function outcomeOf(target: Target, bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    await target.read(Uint8Array.from(bytes));
    return "read";
  } catch (error) {
    if (!target.refuses(error) || EMPTY.test((error as Error).message)) throw error;
    return "refused";
  }
}

const inputs = (target: Target): fc.Arbitrary<Uint8Array> => {
  const seeds = [...target.seeds, ...saved(target).map(({ bytes }) => bytes)];
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
    for (const seed of target.seeds) {
      const outcome = await outcomeOf(target, seed);
      expect(outcome).toBe(target.refusesSeeds === undefined ? "read" : "refused");
    }
  });

  it("reads or properly refuses what was saved, and nothing at all", async () => {
    for (const { name, bytes } of saved(target)) {
      const outcome = await outcomeOf(target, bytes).catch((error: unknown) => error);
      const expected = name.split(".").at(-1) === "read" ? "read" : "refused";
      expect(outcome, name).toBe(expected);
    }
    await outcomeOf(target, new Uint8Array());
  });

  it(
    "never falls over, whatever the bytes",
    async () => {
      const property = fc.asyncProperty(inputs(target), async (bytes) => {
        await outcomeOf(target, bytes);
      });
      const details = await fc.check(property, {
        numRuns: 1_000_000,
        interruptAfterTimeLimit: SECONDS * 1000,
        markInterruptAsFailure: false,
        ...(SEED === undefined ? {} : { seed: Number(SEED) }),
      });
      const [bytes] = details.counterexample ?? [];
      if (bytes !== undefined) {
        const name = `found-${createHash("sha256").update(bytes).digest("hex").slice(0, 12)}`;
        mkdirSync(folderOf(target), { recursive: true });
        writeFileSync(new URL(name, folderOf(target)), bytes);
        throw new Error(`saved as tests/security/fuzz/fixtures/${target.name}/${name}, seed ${details.seed}`, {
          cause: details.errorInstance,
        });
      }
      expect(details.numRuns).toBeGreaterThan(FEWEST);
    },
    Math.max(60_000, SECONDS * 4000),
  );
});
