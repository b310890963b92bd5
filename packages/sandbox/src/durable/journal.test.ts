import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { State } from "../engine/state.ts";
import { Journal } from "./journal.ts";

describe("the journal", () => {
  let folder: string;
  let journal: Journal;
  let state: State;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-journal-"));
    journal = new Journal(folder);
    state = new State(journal);
    journal.load(state);
  });
  afterEach(() => {
    journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const text = (): string =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("");

  it("writes the lines of several calls at once, in their order, and not before it is asked to", () => {
    const things = state.extra<{ readonly value: bigint }>("things");
    things.put("a", { value: 1n });
    journal.commit();
    things.put("a", { value: 2n });
    things.put("é", { value: 3n });
    journal.commit();
    expect(text()).toBe("");
    journal.flush();
    expect(text().split("\n")).toEqual([
      '[["things","a",{"value":{"$n":"1"}}]]',
      '[["things","a",{"value":{"$n":"2"}}],["things","é",{"value":{"$n":"3"}}]]',
      "",
    ]);

    const next = new Journal(folder);
    const again = new State(next);
    expect(next.load(again)).toBe(true);
    expect([...again.extra("things").entries()]).toEqual([
      ["a", { value: 2n }],
      ["é", { value: 3n }],
    ]);
    next.close();
  });

  it("takes nothing more once something could not be written", () => {
    const things = state.extra<{ readonly value: number }>("things");
    things.put("a", { value: 1 });
    journal.commit();
    journal.close();
    expect(() => {
      journal.flush();
    }).toThrow(/cannot be written to .*Free some space/);
    things.put("b", { value: 2 });
    expect(() => {
      journal.commit();
    }).toThrow(/cannot be written/);
  });

  const settled = async (): Promise<void> => {
    await expect.poll(() => readdirSync(folder).join()).toMatch(/^journal-00000[2-9]\.ndjson$/);
  };
  const reread = (): Record<string, unknown> => {
    const next = new Journal(folder);
    const again = new State(next);
    next.load(again);
    const found = Object.fromEntries([...again.extra("things").entries(), ...again.extra("later").entries()]);
    next.close();
    return found;
  };

  it("is written anew while changes go on, and holds the last state of everything", async () => {
    journal.close();
    rmSync(folder, { recursive: true, force: true });
    journal = new Journal(folder, { smallest: 1 });
    state = new State(journal);
    journal.load(state);
    const things = state.extra<unknown>("things");
    for (let id = 0; id < 6000; id += 1) things.put(`t${id}`, { id, text: "x".repeat(300) });
    journal.commit();
    journal.flush();
    journal.tidy(state);
    expect(readdirSync(folder)).toHaveLength(2);
    let round = 0;
    while (readdirSync(folder).length > 1) {
      things.put(`t${round % 6000}`, { round });
      things.put(`t${5999 - (round % 3000)}`, { round, late: true });
      things.put(`n${round}`, { fresh: round });
      if (round % 2 === 1) things.delete(`n${round - 1}`);
      state.extra<unknown>("later").put("only", { round });
      journal.commit();
      journal.flush();
      round += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(round).toBeGreaterThan(3);
    things.put("after", { the: "end" });
    journal.commit();
    journal.flush();
    const expected = Object.fromEntries([...things.entries(), ...state.extra("later").entries()]);
    journal.close();
    expect(reread()).toEqual(expected);
    await settled();
  });

  it("leaves the old journal in force when it is closed in the midst of writing it anew", () => {
    journal.close();
    journal = new Journal(folder, { smallest: 1, fsync: true });
    state = new State(journal);
    journal.load(state);
    const things = state.extra<unknown>("things");
    for (let id = 0; id < 3000; id += 1) things.put(`t${id}`, { id, text: "x".repeat(300) });
    journal.commit();
    journal.flush();
    journal.tidy(state);
    journal.close();
    expect(readdirSync(folder)).toEqual(["journal-000001.ndjson"]);
    expect(Object.keys(reread())).toHaveLength(3000);
  });
});
