import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { State } from "../engine/state.ts";
import { readIndex } from "./index-file.ts";
import { Journal } from "./journal.ts";
import { JournalFile } from "./journal-file.ts";

const WRITE = fileURLToPath(new URL("testing/write.ts", import.meta.url));

describe("the index beside a journal", () => {
  let folder: string;
  let journal: Journal;
  let state: State;
  const log = (): string => join(folder, "journal-000001.log");
  const index = (): string => join(folder, "journal-000001.index");
  const open = (options: { smallest?: number; unindexed?: number } = { unindexed: 1 }): void => {
    journal = new Journal(folder, options);
    state = new State(journal);
    journal.load(state);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-index-"));
    open();
  });
  afterEach(() => {
    journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (): void => {
    journal.commit();
    journal.flush();
  };
  /** Lets a build go on until there is nothing unfinished. */
  const made = async (): Promise<void> => {
    journal.tidy(state);
    await expect.poll(() => readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  };
  const charge = (id: string, merchantId = "M1") => ({ chargeId: id, merchantId, chargePermissionId: `of ${id}` });
  /** All that a start finds: order, look-ups and values. */
  const found = (): unknown => {
    const next = new Journal(folder);
    const again = new State(next);
    try {
      next.load(again);
      return {
        charges: [...again.charges.entries()],
        ofM1: again.charges.idsUnder("merchant", "M1"),
        first: again.tasks.first(),
        tasks: [...again.tasks.ids()],
        things: [...again.extra("things").entries()],
      };
    } finally {
      next.close();
    }
  };
  /** What there is in memory, in the same form. */
  const present = (): unknown => ({
    charges: [...state.charges.entries()],
    ofM1: state.charges.idsUnder("merchant", "M1"),
    first: state.tasks.first(),
    tasks: [...state.tasks.ids()],
    things: [...state.extra("things").entries()],
  });
  const read = (shape = (name: string) => shapeIn(state, name)) => {
    const descriptor = openSync(log(), "r");
    try {
      return readIndex(index(), descriptor, new JournalFile(log), shape);
    } finally {
      closeSync(descriptor);
    }
  };
  const shapeIn = (from: State, name: string) => {
    const { indexCount, ordered } = from.named(name);
    return { indexes: indexCount, ordered };
  };

  const fill = (): void => {
    for (let id = 0; id < 400; id += 1) {
      state.named("charges").put(`c${id}`, charge(`c${id}`, `M${id % 3}`));
      state.tasks.put(`${id}`, { taskId: `${id}`, due: 1000 - id, kind: "k", subject: `s${id}`, payload: null });
      state.extra<unknown>("things").put(`é${id}`, { id });
      if (id % 5 === 0) state.tasks.delete(`${id}`);
      if (id === 100) state.extra<unknown>("things").clear();
      if (id % 7 === 0) state.named("charges").put("c0", { ...charge("c0", "M0"), id });
      write();
    }
  };

  it("leads to the same as the journal, also with what came after it", async () => {
    fill();
    await made();
    const covered = read();
    expect(covered?.end).toBe(readFileSync(log()).length);
    expect(found()).toEqual(present());
    state.named("charges").put("late", charge("late"));
    state.named("charges").put("c3", { ...charge("c3", "M0"), again: true });
    state.named("charges").delete("c6");
    state.tasks.delete("399");
    state.extra<unknown>("things").put("é7", { back: true });
    write();
    expect(read()?.end).toBe(covered?.end);
    expect(found()).toEqual(present());
    state.extra<unknown>("things").clear();
    write();
    expect(found()).toEqual(present());
  });

  it("has no part in what is refused: a journal that was changed below it, cut off or put back is read itself", async () => {
    fill();
    await made();
    const whole = readFileSync(log());
    const before = found();
    for (const at of [0, 9, 1000, whole.length - 3]) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = (spoilt[at] ?? 0) ^ 1;
      writeFileSync(log(), spoilt);
      expect(read(), `byte ${at}`).toBeUndefined();
      expect(found, `byte ${at}`).toThrow(expect.objectContaining({ code: "store.damaged" }) as Error);
    }
    const early = whole.subarray(0, whole.indexOf("\n", whole.length / 2) + 1);
    writeFileSync(log(), early);
    expect(read()).toBeUndefined();
    expect(found).not.toThrow();
    writeFileSync(log(), whole);
    expect(found()).toEqual(before);
  });

  it("is passed over when a byte of it is missing or another", async () => {
    fill();
    await made();
    const expected = found();
    const whole = readFileSync(index());
    for (let at = 0; at < whole.length; at += 997) {
      const spoilt = Buffer.from(whole);
      spoilt[at] = (spoilt[at] ?? 0) ^ 1;
      writeFileSync(index(), spoilt);
      expect(read(), `byte ${at}`).toBeUndefined();
      writeFileSync(index(), whole.subarray(0, at));
      expect(read(), `${at} bytes`).toBeUndefined();
    }
    for (const other of [Buffer.alloc(0), Buffer.alloc(8), Buffer.from("nonsense\n"), Buffer.concat([whole, whole])]) {
      writeFileSync(index(), other);
      expect(read()).toBeUndefined();
      expect(found()).toEqual(expected);
    }
    writeFileSync(index(), whole);
    expect(read()?.end).toBeGreaterThan(0);
    expect(read((name) => ({ ...shapeIn(state, name), indexes: name === "charges" ? 3 : 0 }))).toBeUndefined();
    expect(read((name) => ({ ...shapeIn(state, name), ordered: true }))).toBeUndefined();
  });

  it("is made while calls go on, and is of what was there when it was begun", async () => {
    for (let id = 0; id < 3000; id += 1) state.extra<unknown>("things").put(`t${id}`, { id, text: "x".repeat(400) });
    write();
    const begun = readFileSync(log()).length;
    journal.tidy(state);
    expect(readdirSync(folder)).toContain("journal-000001.index.tmp");
    for (let round = 0; readdirSync(folder).some((name) => name.endsWith(".tmp")); round += 1) {
      state.extra<unknown>("things").put(`t${round}`, { round });
      state.extra<unknown>("things").delete(`t${2999 - round}`);
      write();
      // Not begun anew, though there is more already.
      journal.tidy(state);
      await new Promise((resolve) => setImmediate(resolve));
      if (existsSync(index())) break;
    }
    expect(read()?.end).toBe(begun);
    expect(found()).toEqual(present());
  });

  it("that was not finished is taken away, and so is one of another journal", async () => {
    for (let id = 0; id < 3000; id += 1) state.extra<unknown>("things").put(`t${id}`, { id, text: "x".repeat(400) });
    write();
    journal.tidy(state);
    const expected = present();
    journal.close();
    await expect.poll(() => readdirSync(folder)).toEqual(["journal-000001.log"]);
    writeFileSync(join(folder, "journal-000001.index.tmp"), "torn");
    writeFileSync(join(folder, "journal-000000.index"), "old");
    open();
    expect(readdirSync(folder)).toEqual(["journal-000001.log"]);
    expect(present()).toEqual(expected);
  });

  it("goes with its journal when that is written anew", async () => {
    fill();
    await made();
    journal.close();
    open({ smallest: 1 });
    for (let round = 0; round < 3000; round += 1) {
      state.extra<unknown>("things").put("only", { round, text: "x".repeat(300) });
      write();
    }
    journal.tidy(state);
    await expect.poll(() => readdirSync(folder)).toEqual(["journal-000002.log"]);
    expect(found()).toEqual(present());
  });

  it("leads to the same after any changes, wherever it was made", async () => {
    const random = seededRandom("index");
    const below = (count: number): number =>
      Math.floor((random.bytes(4).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 32) * count);
    for (let round = 0; round < 40; round += 1) {
      for (let change = below(30); change >= 0; change -= 1) {
        const id = `i${below(40)}`;
        const what = below(20);
        if (what === 0) state.extra<unknown>("things").clear();
        else if (what < 4) state.extra<unknown>("things").delete(id);
        else if (what < 8) state.tasks.delete(id);
        else if (what < 11) state.named("charges").delete(id);
        else if (what < 14) state.extra<unknown>("things").put(id, { round, change });
        else if (what < 17) state.named("charges").put(id, { ...charge(id, `M${id.length}`), round, change });
        else state.tasks.put(id, { taskId: id, due: Number(id.slice(1)), kind: "k", subject: id, payload: round });
      }
      write();
      if (below(3) === 0) await made();
      const indexed = found();
      const copy = join(folder, "copy");
      if (existsSync(index())) copyFileSync(index(), copy);
      rmSync(index(), { force: true });
      expect(found()).toEqual(indexed);
      expect(indexed).toEqual(present());
      if (existsSync(copy)) copyFileSync(copy, index());
    }
  });

  it("harms nothing when the process is killed at any moment", async () => {
    journal.close();
    for (let life = 0; life < 6; life += 1) {
      const args = ["--import", "tsx", "--conditions", "@amazon-pay-kit/source", WRITE, folder];
      const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
      let last = "";
      for await (const line of createInterface(child.stdout)) {
        last = line;
        if (Number(line) % 1000 > 300 + life * 90) child.kill("SIGKILL");
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      open();
      const things = state.extra<{ readonly count: number }>("things");
      expect(things.get("count")?.count ?? 0).toBeGreaterThanOrEqual(Number(last));
      const { count } = things.get("count") ?? { count: 0 };
      for (let at = 0; at < 50; at += 1) expect(things.get(`t${at}`)?.count).toBe(count - ((count - at) % 50));
      journal.close();
    }
  });
});
