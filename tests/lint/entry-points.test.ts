import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tracked = spawnSync("git", ["ls-files", "packages/*/src/*.ts"], { cwd: root, encoding: "utf8" });
const files = tracked.stdout
  .trim()
  .split("\n")
  .filter((file) => !file.endsWith(".test.ts") && !file.includes("/template/"));
const textOf = (file: string): string => readFileSync(root + file, "utf8");

/** What a process is told at the left margin is done by importing the module. */
const ACTS = /^(?:await |process\.(?:on|once|exit|exitCode)\b|for \(const signal of )/m;

// A test that imports such a module runs the program: a sandbox that waits for its signal, while vitest waits for the import.
it("only a process's main.ts acts when it is imported, and it has nothing to import", () => {
  expect(files.length).toBeGreaterThan(1000);
  const acting = files.filter((file) => ACTS.test(textOf(file)));
  expect(acting.filter((file) => !file.endsWith("/main.ts"))).toEqual([]);
  expect(acting.length).toBeGreaterThan(0);
  expect(acting.filter((file) => /^export /m.test(textOf(file)))).toEqual([]);
});
