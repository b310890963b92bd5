/**
 * A file of markup says itself how it is compiled. The settings of a tsconfig reach it only where the tool finds that
 * tsconfig and takes the file for one of its own: started by tsx from the root, every page was an error of status 500.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const PRAGMAS = "/** @jsxRuntime automatic */\n/** @jsxImportSource hono/jsx */\n";

it("files of markup name their runtime", () => {
  const files = readdirSync(`${root}/packages`, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^[^/]+\/src\/.*\.tsx$/.test(path));
  const without = files.filter((path) => {
    const text = readFileSync(`${root}/packages/${path}`, "utf8");
    return !text.replaceAll("\r\n", "\n").startsWith(PRAGMAS);
  });
  expect(without).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
});

it("pages answer when the source is run by tsx", () => {
  const program = `
    import { createSandbox } from "@amazon-pay-kit/sandbox";
    const sandbox = await createSandbox({ seed: 1 });
    for (const path of ["/_sandbox/ui", "/_sandbox/ui/money", "/checkout/visits/none"]) {
      const answer = await sandbox.fetch(new Request("http://127.0.0.1" + path));
      console.log(path, answer.status, answer.headers.get("content-type"));
    }`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "--conditions=@amazon-pay-kit/source", "--input-type=module", "--eval", program],
    { cwd: root, encoding: "utf8" },
  );
  expect(stderr).toBe("");
  expect(stdout.trim().split("\n")).toEqual([
    "/_sandbox/ui 200 text/html; charset=utf-8",
    "/_sandbox/ui/money 200 text/html; charset=utf-8",
    "/checkout/visits/none 404 text/html; charset=utf-8",
  ]);
});
