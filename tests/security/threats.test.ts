import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${root}SECURITY.md`, "utf8");
const section = page.slice(page.indexOf("## Threats"), page.indexOf("## Not defended"));

interface Threat {
  readonly threat: string;
  readonly tests: readonly { readonly file: string; readonly title: string }[];
}

const threats: Threat[] = section
  .split("\n")
  .filter((line) => line.startsWith("| ") && !line.startsWith("| Threat "))
  .map((line) => {
    const [threat = "", , proof = ""] = line.slice(2, -2).split(" | ");
    return {
      threat,
      tests: proof.split("<br>").map((entry) => {
        const [, file = "", title = ""] = /^`([^`]+)`: (.+)$/.exec(entry) ?? [];
        return { file, title };
      }),
    };
  });

/** Titles of the tests that a file holds, as it spells them. */
function titlesOf(file: string): string[] {
  const text = readFileSync(root + file, "utf8");
  return Array.from(text.matchAll(/\(\s*(["'`])((?:(?!\1).)+)\1,/g), (match) => match[2] ?? "");
}

describe("the threats of SECURITY.md", () => {
  it("are a table that can be read", () => {
    expect(threats.length).toBeGreaterThan(12);
  });

  it.each(threats)("$threat: its tests exist", ({ tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const { file, title } of tests) {
      expect(file, "a test is named as `file`: title").not.toBe("");
      expect(existsSync(root + file), file).toBe(true);
      expect(titlesOf(file), file).toContain(title);
    }
  });
});
