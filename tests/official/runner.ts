import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How one test of the official suite ended. */
export interface Outcome {
  readonly file: string;
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  /** Of a failed test. */
  readonly message: string;
}

interface MochaTest {
  readonly fullTitle: string;
  readonly file: string;
  readonly err: { readonly message?: string };
}

interface MochaReport {
  readonly tests: readonly MochaTest[];
  readonly pending: readonly MochaTest[];
  readonly failures: readonly MochaTest[];
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/** How the process that runs the tests is started. */
export interface RunnerOptions {
  /** Tests to run, below the folder. */
  readonly files: string;
  /** Runs the kit's TypeScript sources, so that the tests never meet a stale build. */
  readonly fromSource: boolean;
  /** File of the certificate authority to trust. */
  readonly caFile: string;
}

/** Runs tests of the official package with their own runner, mocha, and its settings. */
export async function runSuite(folder: string, options: RunnerOptions): Promise<Outcome[]> {
  const output = join(folder, "results", "report.json");
  const source = ["--import", "tsx", "--conditions", "@amazon-pay-kit/source"];
  const args = [
    ...(options.fromSource ? source : []),
    join(root, "node_modules/mocha/bin/mocha.js"),
    options.files,
    "--timeout",
    "15000",
    "--reporter",
    "json",
    "--reporter-option",
    `output=${output}`,
  ];
  const { NODE_TLS_REJECT_UNAUTHORIZED: _verify, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...env, NODE_EXTRA_CA_CERTS: options.caFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return outcomesIn(output, folder, text);
}

function outcomesIn(output: string, folder: string, text: string): Outcome[] {
  let report: MochaReport;
  try {
    report = JSON.parse(readFileSync(output, "utf8")) as MochaReport;
  } catch (error) {
    throw new Error(`mocha wrote no report:\n${text}`, { cause: error });
  }
  const keyOf = (test: MochaTest): string => `${test.file} ${test.fullTitle}`;
  const skipped = new Set(report.pending.map(keyOf));
  const failed = new Map(report.failures.map((test) => [keyOf(test), test.err.message ?? ""]));
  const hooks = report.failures.filter((failure) => !report.tests.some((test) => keyOf(test) === keyOf(failure)));
  return [...report.tests, ...hooks].map((test) => {
    const key = keyOf(test);
    return {
      file: test.file.slice(join(folder, "tst").length + 1),
      title: test.fullTitle.trim(),
      state: skipped.has(key) ? "skipped" : failed.has(key) ? "failed" : "passed",
      message: failed.get(key) ?? "",
    };
  });
}
