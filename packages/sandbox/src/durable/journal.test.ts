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
    }).toThrow(/cannot be written to .*Make room/);
    things.put("b", { value: 2 });
    expect(() => {
      journal.commit();
    }).toThrow(/cannot be written/);
  });
});
