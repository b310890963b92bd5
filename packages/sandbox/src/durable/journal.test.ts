import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
    const lines = text().split("\n");
    expect(lines.map((line) => line.split("\t").slice(3))).toEqual([
      ["things", "a", "21", "0"],
      [],
      ["things", "a", "21", "0", "things", '"\\u00e9"', "21", "0"],
      [],
      [],
      [],
    ]);
    expect(lines.filter((line) => line.startsWith("{"))).toEqual([
      '{"value":{"$n":"1"}}',
      '{"value":{"$n":"2"}}',
      '{"value":{"$n":"3"}}',
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

  /** Another life of the journal as it lies in the folder; with `lives` of its file's bytes only. */
  function live<T>(bytes: Uint8Array | undefined, look: (state: State, journal: Journal) => T): T {
    const path = join(folder, "journal-000001.log");
    if (bytes !== undefined) writeFileSync(path, bytes);
    const next = new Journal(folder);
    try {
      const again = new State(next);
      next.load(again);
      return look(again, next);
    } finally {
      next.close();
    }
  }

  it("loses no call that was written whole, wherever its end is cut off, and goes on from there", () => {
    const things = state.extra<unknown>("things");
    const after: unknown[] = [[]];
    const ends = [0];
    for (let call = 0; call < 6; call += 1) {
      things.put(`t${call}`, { call, text: "é\n".repeat(call) });
      if (call > 0) things.put("t0", { call });
      if (call === 3) things.delete("t1");
      if (call === 4) things.clear();
      journal.commit();
      journal.flush();
      after.push([...things.entries()].map(([id, value]) => [id, structuredClone(value)]));
      ends.push(readFileSync(join(folder, "journal-000001.log")).length);
    }
    journal.close();
    const whole = readFileSync(join(folder, "journal-000001.log"));
    for (let end = 0; end <= whole.length; end += 1) {
      const calls = ends.findLastIndex((one) => one <= end);
      const found = live(whole.subarray(0, end), (again, next) => {
        const entries = [...again.extra("things").entries()];
        again.extra<unknown>("things").put("more", { end });
        next.commit();
        next.flush();
        return entries;
      });
      expect(found).toEqual(after[calls]);
      expect(live(undefined, (again) => again.extra("things").get("more"))).toEqual({ end });
    }
  });

  it("is refused with the place when a byte of it is another, and left as it is", () => {
    const things = state.extra<unknown>("things");
    for (let call = 0; call < 3; call += 1) {
      things.put(`t${call}`, { call });
      journal.commit();
    }
    journal.flush();
    journal.close();
    const whole = readFileSync(join(folder, "journal-000001.log"));
    const last = whole.lastIndexOf("\n", whole.lastIndexOf("\n") - 1);
    for (let at = 0; at < whole.length; at += 1) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = (spoilt[at] ?? 0) ^ 1;
      // Without its line break, the line of the last call looks as one whose end was not written yet.
      if (at === last) continue;
      expect(() => live(spoilt, () => undefined), `byte ${at}`).toThrow(
        expect.objectContaining({
          code: "store.damaged",
          message: expect.stringMatching(/^byte \d+ of .*not as it was written/) as string,
        }) as Error,
      );
      expect(readFileSync(join(folder, "journal-000001.log")).equals(spoilt)).toBe(true);
    }
  });

  it("reads an object when it is asked for, once, and knows its keys and its order before", () => {
    const charge = (id: string, merchantId: string) => ({ chargeId: id, merchantId, chargePermissionId: `of ${id}` });
    for (const [id, merchant] of [
      ["b", "M1"],
      ["a", "M2"],
      ["c", "M1"],
    ] as const)
      state.named("charges").put(id, charge(id, merchant));
    for (const [taskId, due] of [
      ["1", 30],
      ["2", 10],
      ["3", 10],
      ["4", 5],
    ] as const)
      state.tasks.put(taskId, { taskId, due, kind: "k", subject: "s\tü", payload: null });
    state.tasks.delete("4");
    journal.commit();
    journal.flush();
    live(undefined, (again) => {
      const stored = (): unknown[] =>
        [...again.named("charges").kept()].map(({ id, value }) => [id, value === undefined ? "unread" : "read"]);
      expect(stored()).toEqual([
        ["b", "unread"],
        ["a", "unread"],
        ["c", "unread"],
      ]);
      expect(again.charges.idsUnder("merchant", "M1")).toEqual(["b", "c"]);
      expect(again.tasks.first()).toBe("2");
      const found = again.charges.get("c");
      expect(found).toEqual(charge("c", "M1"));
      expect(again.charges.get("c")).toBe(found);
      expect(stored()).toEqual([
        ["b", "unread"],
        ["a", "unread"],
        ["c", "read"],
      ]);
      again.charges.delete("b");
      expect([...again.charges.under("merchant", "M1")]).toEqual([found]);
      expect(again.tasks.idsUnder("subject", "k s\tü")).toEqual(["1", "2", "3"]);
      again.tasks.delete("2");
      again.tasks.delete("3");
      expect(again.tasks.first()).toBe("1");
    });
  });

  it("finds objects by indexes that it was not written with", () => {
    state.extra<unknown>("things").put("a", { colour: "red" });
    state.extra<unknown>("things").put("b", { colour: "red" });
    state.extra<unknown>("things").delete("b");
    journal.commit();
    journal.flush();
    const next = new Journal(folder);
    const again = new State(next);
    const things = again.extra<{ readonly colour: string }>("things").index("colour", ({ colour }) => colour);
    next.load(again);
    next.close();
    expect([...things.under("colour", "red")]).toEqual([{ colour: "red" }]);
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
    await expect.poll(() => readdirSync(folder).join()).toMatch(/^journal-00000[2-9]\.log$/);
  };
  const reread = (): Record<string, unknown> => {
    const next = new Journal(folder);
    const again = new State(next);
    next.load(again);
    const found = Object.fromEntries([...again.extra("things").entries(), ...again.extra("later").entries()]);
    next.close();
    return found;
  };

  it("copies objects that nobody has asked for when it is written anew, and finds them there", async () => {
    const things = state.extra<unknown>("things");
    for (let id = 0; id < 4000; id += 1) things.put(`t${id}`, { id, n: BigInt(id), text: "é".repeat(200) });
    journal.commit();
    journal.flush();
    journal.close();
    journal = new Journal(folder, { smallest: 1 });
    state = new State(journal);
    journal.load(state);
    const again = state.extra<{ readonly id: number; n: bigint }>("things");
    const early = again.get("t7");
    const grown = Buffer.alloc(3_000_000, "x").toString();
    state.extra<unknown>("later").put("long", { grown });
    for (let round = 0; round < 2; round += 1) {
      state.extra<unknown>("later").put("long", { grown, round });
      journal.commit();
      journal.flush();
    }
    journal.tidy(state);
    expect(readdirSync(folder)).toHaveLength(2);
    again.delete("t1");
    again.put("t2", { id: 2, n: -2n });
    while (readdirSync(folder).length > 1) {
      expect(again.get("t3999")?.n).toBe(3999n);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(readdirSync(folder)).toEqual(["journal-000002.log"]);
    expect(again.get("t7")).toBe(early);
    const unread = [...state.named("things").kept()].filter(({ value }) => value === undefined);
    expect(unread.length).toBeGreaterThan(3900);
    for (let id = 3; id < 4000; id += 1) expect(again.get(`t${id}`)).toMatchObject({ id, n: BigInt(id) });
    journal.commit();
    journal.flush();
    journal.close();
    const found = reread();
    expect(Object.keys(found)).toHaveLength(4000);
    expect(found["t2"]).toEqual({ id: 2, n: -2n });
    expect(found["t1"]).toBeUndefined();
  });

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

  it("is written anew soon after a start when most of it is dead, however often it was started", async () => {
    for (let life = 0; life < 4; life += 1) {
      journal.close();
      journal = new Journal(folder, { smallest: 1 });
      state = new State(journal);
      journal.load(state);
      state.extra<unknown>("things").put("only", { life, text: "x".repeat(100_000) });
      journal.commit();
      journal.flush();
      if (life < 3) expect(readdirSync(folder)).toEqual(["journal-000001.log"]);
    }
    journal.tidy(state);
    await settled();
    journal.close();
    expect(readFileSync(join(folder, "journal-000002.log")).length).toBeLessThan(101_000);
    expect(reread()).toEqual({ only: { life: 3, text: "x".repeat(100_000) } });
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
    expect(readdirSync(folder)).toEqual(["journal-000001.log"]);
    expect(Object.keys(reread())).toHaveLength(3000);
  });
});
