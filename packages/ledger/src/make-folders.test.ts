import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLedger } from "./ledger.ts";
import { makeFolders } from "./make-folders.ts";

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
  });

  it.runIf(existsSync("/proc/self"))(
    "end with an error, and never hang, where the system refuses every name",
    async () => {
      await expect(makeFolders("/proc/x/y")).rejects.toMatchObject({ code: "ENOENT" });
      await expect(openLedger({ dataDir: "/proc/x" })).rejects.toThrow(/\/proc\/x/);
    },
  );
});
