import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "./pages.ts";

const run = (...args: readonly string[]): { status: number | null; stderr: string } => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/decisions.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  return { status, stderr };
};

describe("the notes of decisions", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "decisions-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const note = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };

  it("share no number", () => {
    note("0001-one.md", "# 0001 One (2026-11-30)\n\nText.\n");
    note("0001-two.md", "# 0001 Two (2026-11-30)\n\nText.\n");
    expect(run(folder)).toEqual({ status: 1, stderr: "0001-two.md: 0001 is the number of 0001-one.md too\n" });
  });

  it("leave no number out", () => {
    note("0001-one.md", "# 0001 One (2026-11-30)\n\nText.\n");
    note("0003-three.md", "# 0003 Three (2026-11-30)\n\nText.\n");
    expect(run(folder)).toEqual({ status: 1, stderr: "0003-three.md: no note has the number 0002\n" });
  });

  it.each([
    ["0001-one.md", "# 0001 One\n\nText of 2026-11-30.\n", "0001-one.md: has no date"],
    ["0001-one.md", "# 0001 One\n\n2026-11-30 · maybe\n", '0001-one.md: "maybe" is no status'],
    ["one.md", "# One (2026-11-30)\n", "one.md: a note is called NNNN-name.md"],
  ])("are refused without what a note has: %s %j", (name, text, problem) => {
    note(name, text);
    const { status, stderr } = run(folder);
    expect(status).toBe(1);
    expect(stderr).toContain(problem);
  });

  it("are brought into one form, and listed", () => {
    note("0001-one.md", "# One (2026-11-30)\n\nText.\n");
    note("0002-two.md", "# 0002 Two\n\n30 November 2026\n\nText.\n");
    note("0003-three.md", "# 0003 Three\n\n2026-11-30 · superseded by 0002\n\nText.\n");
    expect(run("--check", folder).status).toBe(1);
    expect(run(folder)).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "0001-one.md"), "utf8")).toBe("# 0001 One\n\n2026-11-30 · accepted\n\nText.\n");
    expect(readFileSync(join(folder, "0002-two.md"), "utf8")).toBe("# 0002 Two\n\n2026-11-30 · accepted\n\nText.\n");
    const index = readFileSync(join(folder, "README.md"), "utf8");
    expect(index).toContain("| 0003 | [Three](0003-three.md) | 2026-11-30 | superseded by 0002 |");
    expect(run("--check", folder)).toEqual({ status: 0, stderr: "" });
  });
});

it("the notes of this repository are in that form, and the index lists each", () => {
  expect(run("--check")).toEqual({ status: 0, stderr: "" });
});

it("THIRD-PARTY.md is what the lock file says", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/licences.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
