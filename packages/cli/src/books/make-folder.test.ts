import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterAll, describe, expect, it } from "vitest";
import { runProgram } from "../program.ts";
import { testTerminal } from "../terminal/testing/test-terminal.ts";
import { makeFolder } from "./make-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "apay-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a folder for data", () => {
  it("is made with those above it, and again without harm", () => {
    makeFolder(join(folder, "a", "b"));
    makeFolder(join(folder, "a", "b"));
    expect(existsSync(join(folder, "a", "b"))).toBe(true);
  });

  it("cannot be made under a file", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolder(join(folder, "file", "below"))).toThrow(
      /cannot make the folder .*below: a part of the path is a file/,
    );
  });

  // Only Linux has a place where every name is refused, and where Node 20 tries for ever.
  it.runIf(process.platform === "linux").each([
    ["settlements", "list", "--data-dir", "/proc/x"],
    ["sandbox", "start", "--port", "0", "--https-port", "0", "--data", "/proc/x/y"],
    ["demo", "--once", "--data-dir", "/proc/x"],
    ["export", "--format", "csv", "--out", "/proc/x/rows.csv"],
  ])("is refused with the reason where the system refuses: %s %s %s %s", async (...args) => {
    const terminal = testTerminal(folder);
    const status = await runProgram(args, terminal, systemClock, systemRandom);
    expect([status, terminal.written.err]).toEqual([2, expect.stringMatching(/cannot make the folder \/proc\/x/)]);
  });
});
