import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxReadyFile } from "@amazon-pay-kit/sdk";
import { buy } from "../../packaging/buy.mjs";
import { blocksOf, LITERAL_PAGES, root } from "../pages.ts";
import { mustBeBuilt, openReader } from "./reader.ts";
import { openRegistry, type Registry } from "./registry.ts";

const APPLICATIONS = LITERAL_PAGES.flatMap((page) => /^examples\/([\w-]+)\/README\.md$/.exec(page)?.[1] ?? []);

let registry: Registry;

beforeAll(async () => {
  mustBeBuilt();
  registry = await openRegistry();
});

afterAll(() => registry.close());

/** The files of an application, without what was installed there. */
function filesOf(application: string): string[] {
  const from = join(root, "examples", application);
  return execFileSync("git", ["ls-files"], { cwd: from, encoding: "utf8" }).trim().split("\n");
}

describe("whoever has a copy of an application's folder and follows its README to the letter", () => {
  it("has four to choose from", () => {
    expect(APPLICATIONS).toEqual(["express", "lambda", "subscription", "workers"]);
  });

  it.each(APPLICATIONS)("sells something with %s", { timeout: 900_000 }, async (application) => {
    const reader = await openReader(registry, { from: `examples/${application}`, files: filesOf(application) });
    try {
      const [first, ...later] = blocksOf(`examples/${application}/README.md`);
      expect(first?.code).toMatch(/^npm install\nnpx @amazon-pay-kit\/sandbox --ready-file sandbox\.json\n/);
      const origin = `http://localhost:${reader.port}`;
      if (first !== undefined) await reader.follow(first);
      expect(reader.printed("SANDBOX=sandbox.json npm start") + reader.printed("npm start")).toContain(
        `open ${origin}`,
      );
      const ready = JSON.parse(readFileSync(join(reader.folder, "sandbox.json"), "utf8")) as SandboxReadyFile;
      expect(await buy({ origin, ready })).toMatch(/^S02-\S+-C\w+$/);
      // What is done once somebody has bought, and what it prints.
      for (const block of later) {
        if (block.language !== "sh") continue;
        const printed = await reader.run(block.code.trim());
        expect(printed).toMatch(/: captured S02-\S+-C\w+\n$/);
      }
    } finally {
      reader.close();
    }
  });
});
