import { readFileSync } from "node:fs";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { describe, expect, it } from "vitest";
import { sync } from "../../packages/cli/src/commands/sync.ts";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const WARN = ValidationSeverity.WARNING;

/** Options of a command line that `apay sync` does not know. */
function unknownOptions(words: readonly string[]): string[] {
  const known = new Set(["--json", ...(sync.options ?? []).map(({ flags }) => flags.split(" ")[0])]);
  return words.filter((word) => word.startsWith("--") && !known.has(word));
}

describe("the files for deployment", () => {
  it("start apay with options that it has", () => {
    const unit = /^ExecStart=\S+ apay (sync .*)$/m.exec(read("apay-sync.service"))?.[1]?.split(" ") ?? [];
    const image = JSON.parse(/^CMD (\["sync".*\])$/m.exec(read("Dockerfile"))?.[1] ?? "[]") as string[];
    for (const words of [unit, image]) {
      expect(words[0]).toBe("sync");
      expect(words).toEqual(expect.arrayContaining(["--watch", "--metrics-port"]));
      expect(unknownOptions(words)).toEqual([]);
    }
    expect(unknownOptions(["sync", "--wach"])).toEqual(["--wach"]);
  });

  it("have a Dockerfile that a linter does not mind, without secrets and without root", () => {
    const text = read("Dockerfile");
    const findings = validate(text, { instructionJSONInSingleQuotes: WARN, instructionWorkdirRelative: WARN });
    expect(findings.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
    expect(text.indexOf("USER node")).toBeGreaterThan(0);
    expect(text).not.toMatch(/^(COPY|ADD)/m);
  });
});
