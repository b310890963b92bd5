import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { START_OPTIONS } from "@amazon-pay-kit/sandbox";
import { root } from "./pages.ts";

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly { readonly env: object; readonly run: string }[] };
}

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;
const [step] = action.runs.steps;

describe("the GitHub Action", () => {
  const folder = mkdtempSync(join(tmpdir(), "apay-action-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the step as a runner does, with an npx that starts the sandbox from its source. */
  const run = (over: Readonly<Record<string, string>>, npx: string) => {
    writeFileSync(join(folder, "npx"), `#!/bin/sh\n${npx}\n`);
    chmodSync(join(folder, "npx"), 0o755);
    writeFileSync(join(folder, "output"), "");
    const env = { VERSION: "1.0.0", PORT: "0", HTTPS_PORT: "0", SEED: "1", NOTIFY: "", TIMEOUT: "60", ...over };
    const runner = {
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: join(folder, "output"),
      PATH: `${folder}:${process.env["PATH"]}`,
    };
    const { status, stdout } = spawnSync("bash", ["-e", "-c", step!.run], {
      cwd: root,
      env: { ...env, ...runner },
      encoding: "utf8",
    });
    return { status, stdout, outputs: readFileSync(join(folder, "output"), "utf8") };
  };

  it("hands each input to the step by the environment, and no input into the script", () => {
    expect(action.runs.using).toBe("composite");
    expect(step?.run).not.toContain("${{");
    expect(Object.keys(step!.env)).toHaveLength(Object.keys(action.inputs).length);
    const flags = START_OPTIONS.map((row) => row.flags.split(" ")[0]);
    for (const [flag] of step!.run.matchAll(/--(?:port|https-port|seed|ready-file|notify)\b/g))
      expect(flags).toContain(flag);
  });

  it("starts a sandbox that goes on, and says where it is", async () => {
    const main = join(root, "packages/sandbox/src/command/main.ts");
    const start = `shift 2; echo $$ > ${folder}/pid; exec "${process.execPath}" --import "${import.meta.resolve("tsx")}" --conditions=@amazon-pay-kit/source "${main}" "$@"`;
    const { status, outputs } = run({ NOTIFY: "http://127.0.0.1:9/ipn" }, start);
    try {
      expect(status).toBe(0);
      const values = Object.fromEntries(
        outputs
          .trim()
          .split("\n")
          .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      );
      expect(Object.keys(values).sort()).toEqual(Object.keys(action.outputs).sort());
      expect(existsSync(values["ca-file"] ?? "")).toBe(true);
      const { merchants } = (await (await fetch(`${values["http"]}/_sandbox/merchants`)).json()) as {
        merchants: { notificationUrl: string }[];
      };
      expect(merchants[0]?.notificationUrl).toBe("http://127.0.0.1:9/ipn");
    } finally {
      process.kill(Number(readFileSync(join(folder, "pid"), "utf8")), "SIGTERM");
    }
  });

  it("fails with the log when it does not start", () => {
    const { status, stdout } = run({}, 'echo "no such version"; exit 1');
    expect(status).toBe(1);
    expect(stdout).toMatch(/::error::the sandbox did not start[\s\S]*no such version/);
  });
});
