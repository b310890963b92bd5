import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));

it("no page has double braces outside of a block: the site would take them for a program and not build", () => {
  const found = readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => {
      const text = readFileSync(docs + name, "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
      return text.includes("{{") ? [name] : [];
    });
  expect(found).toEqual([]);
});
