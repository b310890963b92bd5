import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { describe, expect, it } from "vitest";

const root = new URL("../../../../", import.meta.url);
const text = readFileSync(new URL("packages/sandbox/Dockerfile", root), "utf8");
const WARN = ValidationSeverity.WARNING;

describe("the Dockerfile", () => {
  it("has nothing that a linter minds", () => {
    const findings = validate(text, {
      instructionCasing: WARN,
      deprecatedMaintainer: WARN,
      directiveCasing: WARN,
      emptyContinuationLine: WARN,
      instructionCmdMultiple: WARN,
      instructionEntrypointMultiple: WARN,
      instructionHealthcheckMultiple: WARN,
      instructionJSONInSingleQuotes: WARN,
      instructionWorkdirRelative: WARN,
    });
    expect(findings.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`)).toEqual([]);
    expect(validate("FRM x\nRUN ['a']", { instructionJSONInSingleQuotes: WARN })).not.toEqual([]);
  });

  it("copies what is there, and what its ignore file lets in", () => {
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => (match[1] ?? "").split(" "));
    expect(copied).toContain("packages");
    const ignore = readFileSync(new URL("packages/sandbox/Dockerfile.dockerignore", root), "utf8").split("\n");
    for (const name of copied) {
      expect(existsSync(fileURLToPath(new URL(name, root))), name).toBe(true);
      expect(ignore).toContain(`!${name}`);
    }
  });

  it("has one base, which a release pins by digest, and carries only what the sandbox needs", () => {
    expect([...text.matchAll(/^FROM (\S+)/gm)].map((match) => match[1])).toEqual(["${NODE_IMAGE}", "${NODE_IMAGE}"]);
    const workflow = readFileSync(new URL(".github/workflows/image.yml", root), "utf8");
    const publish = workflow.slice(workflow.indexOf("  publish:"));
    expect(publish).toContain('--build-arg "NODE_IMAGE=${base%%:*}@$digest"');
    expect(publish.match(/docker build /g)).toHaveLength(1);
    expect(text).toContain("npm ci --omit=dev --workspace packages/sandbox ");
  });

  it("runs as nobody special, and asks for health where there is something to ask", () => {
    expect(text).toMatch(/^USER node$/m);
    expect(text.indexOf("USER node")).toBeLessThan(text.indexOf("ENTRYPOINT"));
    expect(text).toContain("8580/_sandbox/health");
  });
});
