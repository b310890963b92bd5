import { RULES } from "@amazon-pay-kit/ledger";
import { DISCREPANCY_KINDS } from "@amazon-pay-kit/sandbox";
import { afterAll, describe, expect, it } from "vitest";
import { CONTRACT_CODES } from "./contract-codes.ts";
import { tryHistory } from "./score.ts";
import { makeWorld } from "../score/world.ts";
import { ScoreTable } from "./table.ts";

/** Histories of each kind in each currency. */
const SEEDS = Number(process.env["KNOWN_ANSWERS_SEEDS"] ?? "1");

const table = new ScoreTable();
const codes = new Set<string>();

const kinds = DISCREPANCY_KINDS.filter(({ stage }) => stage !== "delivery");

describe("one thing wrong", () => {
  it.each(kinds.map((kind, index) => [kind.kind, kind, index] as const))(
    "%s",
    async (name, kind, index) => {
      // What is wrong in reports of days can only be seen where there are such reports.
      const ofDays = kind.stage === "contents" && !kind.reports.includes("settlement") ? { daily: true } : {};
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const specs = (["na", "eu", "jp"] as const).map((region) => ({ region, kinds: [name], ...ofDays }));
        const trial = { name: `${name} ${seed}`, specs, onPostgres: seed === 1 && index % 6 === 0 };
        for (const code of await tryHistory(trial, table)) codes.add(code);
      }
      expect(table.takeProblems()).toEqual([]);
      expect(table.injected(name)).toBeGreaterThanOrEqual(3 * SEEDS - 1);
    },
    600_000,
  );

  it("nothing wrong: nothing found", async () => {
    const specs = (["na", "eu", "jp"] as const).map((region) => ({ region, kinds: [] }));
    for (let seed = 1; seed <= 2 * SEEDS; seed += 1) {
      expect(await tryHistory({ name: `nothing ${seed}`, specs, onPostgres: seed === 1 }, table)).toEqual(new Set());
    }
    expect(table.takeProblems()).toEqual([]);
  }, 900_000);

  it("leads to every code of the contract, here or in the worlds of tests/score", () => {
    const scored = [1, 2, 3, 4].flatMap((seed) => makeWorld(seed).injected.flatMap(({ expected }) => expected));
    for (const { code, optional } of scored) if (optional !== true) codes.add(code);
    // A closed month that changes is what the tests of closing are about.
    codes.add("period.changed");
    expect(CONTRACT_CODES.filter((code) => !codes.has(code))).toEqual([]);
    expect(RULES.map(({ code }) => code)).toEqual(expect.arrayContaining([...CONTRACT_CODES]));
  });

  afterAll(() => {
    process.stdout.write(
      `\nKnown answers, one thing wrong: ${table.histories} histories in USD, EUR and JPY\n${table}\n`,
    );
  });
});
