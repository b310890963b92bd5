import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupBy, loadSqlite, makeFolders, makeFoldersSync } from "./index.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "apay-folders-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("folders", () => {
  it("are made from the top, once, even when another process makes them", async () => {
    const deep = join(folder, "a", "b", "c");
    const both = await Promise.all([makeFolders(deep), makeFolders(deep)]);
    expect(both.some((made) => made.at(-1) === deep)).toBe(true);
    expect(await makeFolders(deep)).toEqual([]);
  });

  it("are not made under a file", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(makeFolders(join(folder, "file", "x"))).rejects.toMatchObject({ code: "ENOTDIR" });
    await expect(makeFolders(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    expect(() => makeFoldersSync(join(folder, "file", "x"))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
    expect(() => makeFoldersSync(join(folder, "file"))).toThrow(expect.objectContaining({ code: "EEXIST" }));
  });

  it.runIf(existsSync("/proc/self"))(
    "end with an error, and never hang, where the system refuses every name",
    async () => {
      await expect(makeFolders("/proc/x/y")).rejects.toMatchObject({ code: "ENOENT" });
      expect(() => makeFoldersSync("/proc/x/y")).toThrow(expect.objectContaining({ code: "ENOENT", path: "/proc/x" }));
    },
  );
});

it("folders have the permissions that are asked for", () => {
  makeFoldersSync(join(folder, "own", "deep"), 0o700);
  makeFoldersSync(join(folder, "own", "deep"), 0o700);
  expect(statSync(join(folder, "own", "deep")).mode & 0o777).toBe(0o700);
});

it("groups are in the order of their first values, and values without a key in none", () => {
  const groups = groupBy(["b1", "a1", "-", "b2"], (text) => (text === "-" ? null : text[0]));
  expect([...groups]).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});

it("SQLite is there on every Node that the kit supports", async () => {
  const { DatabaseSync } = await loadSqlite();
  const db = new DatabaseSync(":memory:");
  expect(db.prepare("select 1 + 1 as two").get()).toEqual({ two: 2 });
  db.close();
});
