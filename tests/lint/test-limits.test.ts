import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tracked = spawnSync("git", ["ls-files", "*.test.ts", "*.test.tsx"], { cwd: root, encoding: "utf8" });
const number = (text: string): number => Number(text.replaceAll("_", ""));

/** Milliseconds that vitest.config.ts gives every test. */
const [, everyTest = ""] = /testTimeout: ([\d_]+)/.exec(readFileSync(`${root}vitest.config.ts`, "utf8")) ?? [];

/** The end of `it("…", async () => {…}, 20_000)`, the options of a test, of `expect.poll` and of a page of the browser. */
const LIMITS = [/^\s*\}, ([\d_]{4,})\);$/gm, /\{ timeout: ([\d_]{4,})/g, /setDefaultTimeout\(([\d_]+)\)/g];

/** At least so long may a poll or a page take: what waits within a test ends before the test does, and says what it waited for. */
const WITHIN = 120_000;

it("no test has a limit of its own that a busy machine exceeds", () => {
  expect(number(everyTest)).toBeGreaterThanOrEqual(180_000);
  const files = tracked.stdout.trim().split("\n");
  expect(files.length).toBeGreaterThan(300);
  const tight = files.flatMap((file) => {
    const text = readFileSync(root + file, "utf8");
    return LIMITS.flatMap((limit) => [...text.matchAll(limit)])
      .filter(([, millis = ""]) => number(millis) < WITHIN)
      .map(([all]) => `${file}: ${all.trim()}`);
  });
  expect(tight).toEqual([]);
});
