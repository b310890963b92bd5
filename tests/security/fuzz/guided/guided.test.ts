import { describe, expect, it } from "vitest";
import { COUNTERS, instrumented } from "./instrument.mjs";
import { TARGETS } from "../targets.ts";
import { type Hunted, huntIn } from "./hunt-in.ts";

/** So many inputs for each reader, however fast the machine; the seconds of the processor end only what is far too slow. */
const LIMITS = { inputs: 192, seconds: 1.5 };

describe("hunts led by coverage", () => {
  it("reaches every place that was reached before, and finds nothing", { timeout: 1_200_000 }, async () => {
    const all: Hunted[] = [];
    const names = TARGETS.map(({ name }) => name);
    await huntIn(names, { ...LIMITS, seed: "20261201", keep: false }, (hunted) => void all.push(hunted));
    expect(all.flatMap(({ findings }) => findings)).toEqual([]);
    expect(all.map(({ target }) => target)).toEqual(names);
    for (const { target, executions, before, places } of all) {
      expect(executions, target).toBeGreaterThan(10);
      // Counters that count nothing would find nothing.
      expect(before, target).toBeGreaterThan(2);
      expect(places, target).toBeGreaterThanOrEqual(before);
    }
  });
});

describe("counters", () => {
  const run = (text: string): { readonly value: unknown; readonly hits: number } => {
    let number = 0;
    const hits = new Set<number>();
    const { code } = instrumented(text, () => (number += 1) % COUNTERS);
    const hit = (at: number): void => void hits.add(at);
    const same = (at: number, one: unknown, other: unknown): boolean => {
      hits.add(at);
      return one === other;
    };
    const value: unknown = new Function("__apayHit", "__apaySame", `${code}; return result;`)(hit, same);
    return { value, hits: hits.size };
  };

  it.each([
    [
      "if without else, in an if without braces",
      "let result = 0; if (true) if (false) result = 1; else result = 2;",
      2,
    ],
    ["else of the outer if", "let result = 0; if (false) { if (true) result = 1; } else result = 3;", 3],
    ["arrows of objects", "const f = () => ({ a: 1 }); const result = f().a;", 1],
    ["conditions and short cuts", "const result = (null ?? (0 || 5)) > 4 ? 'y' : 'n';", "y"],
    ["comparison with a text", "const a = 'abc'; const result = a === 'abc' && a !== 'abd' && !(a !== 'abc');", true],
    [
      "switch that falls through",
      "let result = ''; switch (2) { case 1: case 2: result += 'b'; case 3: result += 'c'; break; default: result = 'x'; }",
      "bc",
    ],
    [
      "loops without braces",
      "let result = 0; for (let i = 0; i < 3; i += 1) result += i; while (result < 5) result += 1;",
      5,
    ],
    ["directives stay first", "function f() { 'use strict'; return this === undefined; } const result = f();", true],
    ["classes with private members", "class A { #x = 1; get x() { return this.#x; } } const result = new A().x;", 1],
    [
      "what is caught",
      "let result = 0; try { throw new Error('a'); } catch { result = 1; } finally { result += 1; }",
      2,
    ],
  ])("change nothing of a program: %s", (_what, text, expected) => {
    const { value, hits } = run(text);
    expect(value).toBe(expected);
    expect(hits).toBeGreaterThan(0);
  });
});
