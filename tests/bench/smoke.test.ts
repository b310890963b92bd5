import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

it("every comparison of the bench still runs, with next to nothing to do", { timeout: 900_000 }, async () => {
  const args = ["bench/run.mjs", "--smoke", "--built"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root });
  expect(stderr).not.toContain("failed");
  const { ROWS } = (await import(new URL("../../bench/src/rows/index.mjs", import.meta.url).href)) as {
    ROWS: readonly { readonly name: string }[];
  };
  for (const row of ROWS) expect(stderr).toMatch(new RegExp(`^${row.name} …[^]*? \\d+ s$`, "m"));
  expect(stdout).toMatch(/^Work +Against +Ratio/);
});
