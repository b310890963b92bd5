import { DISCREPANCY_KINDS } from "@amazon-pay-kit/sandbox";
import { integer, pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, describe, expect, it } from "vitest";
import type { ShopSpec } from "./history.ts";
import { tryHistory } from "./score.ts";
import { ScoreTable } from "./table.ts";

/** Histories with several things wrong, three shops each. */
const HISTORIES = Number(process.env["KNOWN_ANSWERS_COMBINATIONS"] ?? "35");
const AT_ONCE = 5;

const kinds = DISCREPANCY_KINDS.filter(({ stage }) => stage !== "delivery").map(({ kind }) => kind);
const table = new ScoreTable();

function combination(seed: number): ShopSpec[] {
  const random = seededRandom(`combination ${seed}`);
  return (["na", "eu", "jp"] as const).map((region) => {
    const some = Array.from({ length: integer(random, 2, 4) }, () => pick(random, kinds));
    return { region, kinds: some, ...(some.includes("damaged-report") ? { daily: true } : {}) };
  });
}

describe("several things wrong", () => {
  const parts = Array.from({ length: Math.ceil(HISTORIES / AT_ONCE) }, (_none, index) => index);
  it.each(parts)(
    "part %i",
    async (part) => {
      for (let seed = part * AT_ONCE; seed < Math.min(HISTORIES, (part + 1) * AT_ONCE); seed += 1) {
        await tryHistory({ name: `combination ${seed}`, specs: combination(seed), onPostgres: seed % 20 === 0 }, table);
      }
      expect(table.takeProblems()).toEqual([]);
    },
    900_000,
  );

  afterAll(() => {
    process.stdout.write(
      `\nKnown answers, several things wrong: ${table.histories} histories in USD, EUR and JPY\n${table}\n`,
    );
  });
});
