import { afterAll, describe, expect, it } from "vitest";
import { freshDatabase } from "../postgres/database.ts";
import { amountText, grouped, shareOf } from "./money.ts";
import { judge } from "./judge.ts";
import type { Found } from "./books.ts";
import { scoreWorld } from "./score.ts";
import { ScoreTable } from "./table.ts";
import { makeWorld } from "./world.ts";

/** Worlds of six months on each store: two in the usual run, many by `npm run score -- --seeds 100`. */
const SEEDS = Number(process.env["SCORE_SEEDS"] ?? "2");

describe("books of six months with every kind of trouble and trap", () => {
  const tables = { SQLite: new ScoreTable(), PostgreSQL: new ScoreTable() };

  it.each([
    ...Array.from({ length: SEEDS }, (_none, index) => ["SQLite", 1 + index] as const),
    ...Array.from({ length: SEEDS }, (_none, index) => ["PostgreSQL", 1 + SEEDS + index] as const),
  ])(
    "find all of it as one story each, and nothing else: %s, seed %i",
    async (store, seed) => {
      const database = store === "PostgreSQL" ? await freshDatabase() : undefined;
      const table = tables[store];
      const before = table.problems.length;
      table.add(`seed ${seed}`, await scoreWorld(seed, database));
      expect(table.problems.slice(before)).toEqual([]);
    },
    300_000,
  );

  it("are injected with every kind in some world", () => {
    const missing = tables.SQLite.absent().filter((kind) => tables.PostgreSQL.absent().includes(kind));
    expect(missing).toEqual([]);
  });

  afterAll(() => {
    for (const [store, table] of Object.entries(tables)) process.stdout.write(`\n${store}\n${table}\n`);
  });
});

describe("the score itself", () => {
  const world = makeWorld(1);
  const [trouble] = world.injected.filter(
    ({ apart, expected }) => !apart && expected.filter(({ optional }) => optional !== true).length > 1,
  );
  const answer = (index: number, more: Partial<Found> = {}): Found => {
    const wanted = trouble?.expected[index];
    const { currency } = world.accounts.find(({ facts }) => facts.id === trouble?.accountId)?.facts ?? { currency: "" };
    return {
      id: String(index),
      cause: "0",
      accountId: trouble?.accountId ?? "",
      code: wanted?.code ?? "",
      settlementId: wanted?.settlementId ?? null,
      transactionId: wanted?.transactionId ?? null,
      orderId: wanted?.orderId ?? null,
      amount: wanted?.amount === undefined ? null : amountText(wanted.amount, currency),
      currency,
      message: wanted?.contains ?? "",
      ...more,
    };
  };
  const needed = [...(trouble?.expected.entries() ?? [])].filter(([, one]) => one.optional !== true);
  const all = needed.map(([index]) => answer(index));
  const of = (found: readonly Found[]) => judge(world, found).outcomes.find(({ injected }) => injected === trouble);

  it("counts what is there once as found", () => {
    expect(of(all)).toMatchObject({ found: true, falseOnes: [] });
  });

  it("counts nothing, another amount and scattered traces as missed", () => {
    expect(of([])?.found).toBe(false);
    expect(of(all.slice(1))?.found).toBe(false);
    const withAmount = needed.find(([, { amount }]) => amount !== undefined)?.[0] ?? 0;
    const wrong = all.map((one) => (one.id === String(withAmount) ? { ...one, amount: "0.01" } : one));
    expect(of(wrong)?.found).toBe(false);
    expect(of(all.map((one) => ({ ...one, cause: one.id })))?.why.join()).toContain("stories");
  });

  it("counts what is told beside it as false", () => {
    const twice = [...all, { ...(all[0] as Found), id: "again" }];
    expect(of(twice)).toMatchObject({ found: true, falseOnes: [{ id: "again" }] });
    const stray: Found = { ...(all[0] as Found), accountId: "jp", cause: "x", settlementId: null, orderId: "no such" };
    expect(judge(world, [{ ...stray, code: "row.net", transactionId: null }]).strays).toHaveLength(1);
  });

  it("writes and rounds amounts by itself", () => {
    expect([amountText(-5n, "USD"), amountText(1234n, "JPY"), amountText(100n, "EUR")]).toEqual([
      "-0.05",
      "1234",
      "1.00",
    ]);
    expect([grouped("1234567.50"), grouped("-1234"), grouped("999")]).toEqual(["1,234,567.50", "-1,234", "999"]);
    expect([shareOf(500n, 220n), shareOf(-500n, 250n), shareOf(1n, 290n)]).toEqual([11n, -13n, 0n]);
  });

  it("makes the same world of the same seed", () => {
    const again = makeWorld(1);
    expect(again.injected.map(({ kind, accountId, weeks }) => [kind, accountId, weeks])).toEqual(
      world.injected.map(({ kind, accountId, weeks }) => [kind, accountId, weeks]),
    );
  });
});
