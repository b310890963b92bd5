import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../server/start-sandbox.ts";
import { openDataFolder } from "./data-folder.ts";

describe("a data folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sandbox-data-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["a newer release's", '{"format":3,"seed":"1"}', "store.newer", /newer release \(format 3, this one reads 2\)/],
    [
      "an earlier release's",
      '{"format":1,"seed":"1"}',
      "store.other-format",
      /has format 1, and this release reads 2: use another/,
    ],
    ["without a format", '{"seed":"1"}', "store.other-format", /has format undefined/],
    ["of a format that is a text", '{"format":"2","seed":"1"}', "store.other-format", /has format "2"/],
    ["no JSON", '{"format":2,', "store.damaged", /sandbox\.json is not JSON/],
    ["without a seed", '{"format":2}', "store.damaged", /names no seed/],
    ["of another seed", '{"format":2,"seed":"2"}', "store.other-seed", /made with seed 2/],
  ])("that is %s is refused and left as it is", async (_name, text, code, message) => {
    writeFileSync(join(folder, "sandbox.json"), text);
    await expect(openDataFolder(folder, 1)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
    expect(readFileSync(join(folder, "sandbox.json"), "utf8")).toBe(text);
  });

  it("is made with those above it, once", async () => {
    const path = join(folder, "a", "b");
    const first = await openDataFolder(path, 7);
    await expect(openDataFolder(path, undefined)).rejects.toMatchObject({ code: "store.in-use" });
    first.close();
    const second = await openDataFolder(path, undefined);
    expect(second.seed).toBe("7");
    second.close();
  });

  // Only Linux has a place where every name is refused, and where Node 20's recursive way tries for ever.
  it.runIf(process.platform === "linux")(
    "is refused where the system refuses every name, also to a program",
    async () => {
      await expect(startSandbox({ port: 0, httpsPort: 0, dataDir: "/proc/x/y" })).rejects.toMatchObject({
        code: "store.unusable",
        message: expect.stringMatching(
          /cannot make the folder \/proc\/x: .*Name a folder that you can write to/,
        ) as string,
      });
    },
  );

  it("is refused under a file", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(openDataFolder(join(folder, "file", "x"), 1)).rejects.toMatchObject({ code: "store.unusable" });
  });
});
