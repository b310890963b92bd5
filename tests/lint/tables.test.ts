/** Tables that are asked with a text from outside must not answer with what every object has: `constructor`, `__proto__`. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const packages = fileURLToPath(new URL("../../packages", import.meta.url));
const TABLE = /^(?:export )?const ([A-Z_]+): Readonly<Record<string, .*>> = \{(\n\s*| )(?!\})(.*)$/gm;

it("begin without a prototype, where any text may be looked up", () => {
  const wrong: string[] = [];
  let tables = 0;
  for (const path of readdirSync(packages, { recursive: true, encoding: "utf8" })) {
    if (!/^[^/]+\/src\/.*\.ts$/.test(path) || /\.test\.ts$|\/(conformance|testing|fixtures)\//.test(path)) continue;
    for (const [, name, , first = ""] of readFileSync(`${packages}/${path}`, "utf8").matchAll(TABLE)) {
      tables += 1;
      if (!first.startsWith("__proto__: null as never,")) wrong.push(`${path}: ${name} begins with ${first.trim()}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(tables).toBeGreaterThan(40);
});
