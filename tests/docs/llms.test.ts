import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./pages.ts";

it("llms.txt and llms-full.txt are what the pages say; npm run docs writes them anew", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/llms.mjs", "--check"], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

it("llms.txt names pages that are there, each once, and the full text has them", () => {
  const links = Array.from(
    readFileSync(join(root, "llms.txt"), "utf8").matchAll(/^- \[.+?\]\((.+?)\)/gm),
    ([, path = ""]) => path,
  );
  expect(links.length).toBeGreaterThan(20);
  expect(new Set(links).size).toBe(links.length);
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const full = readFileSync(join(root, "llms-full.txt"), "utf8");
  for (const path of links.filter((each) => /^docs\/(?!reference\/)/.test(each)))
    expect(full).toContain(`<!-- page: ${path} -->`);
});
