/**
 * `npm run postgres-versions`
 *
 * Installs a PostgreSQL of each version that is supported into a scratch folder (npm packages of binaries, 60 MB each) and runs the
 * tests of what depends on the database against each: the store, migrations, roles, loading, reconciling and the job queue. Arguments
 * choose versions (`-- 14 17`), and paths of test files take the place of the list; nothing is installed into this checkout. Prints a
 * line a version.
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_VARIABLE, packageOfBinaries } from "./binaries.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The package of binaries by major version. The newest is the one that all other tests run on. */
const VERSIONS: Readonly<Record<string, string>> = {
  14: "14.23.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
};

/** Test files about the database, from the repository's root. Most of them hold SQLite against it. */
const SUITES: readonly string[] = [
  "packages/ledger/src/store/postgres",
  "packages/ledger/src/store/migrations",
  "packages/ledger/src/leases/with-lease.test.ts",
  "packages/ledger/src/ingest/reports/load-archive.test.ts",
  "packages/ledger/src/ingest/reports/sync/sync.test.ts",
  "packages/ledger/src/ingest/reports/withdraw-report.test.ts",
  "packages/ledger/src/reconcile/announce",
  "packages/ledger/src/reconcile/matching/matching.test.ts",
  "packages/ledger/src/reconcile/versions/versions.test.ts",
  "packages/ledger/src/views/views.test.ts",
  "packages/worker/src/hooks/delivery.test.ts",
  "packages/worker/src/jobs/queue.test.ts",
  "packages/worker/src/jobs/worker.test.ts",
  "tests/known-answers/two-stores.test.ts",
];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Installs a package of binaries below a folder, and gives the folder of the package. */
function install(folder: string, version: string): string {
  const name = packageOfBinaries();
  execFileSync(
    "npm",
    ["install", "--prefix", folder, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", `${name}@${version}`],
    { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  return join(folder, "node_modules", name);
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

async function runTests(binaries: string, results: string, suites: readonly string[]): Promise<Report> {
  const child = spawn(
    process.execPath,
    [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${results}`, ...suites],
    { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, [PACKAGE_VARIABLE]: binaries } },
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  await new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
  return JSON.parse(await readFile(results, "utf8")) as Report;
}

async function tryVersion(major: string, version: string, suites: readonly string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), `apay-postgres-${major}-`));
  try {
    const began = performance.now();
    const report = await runTests(install(folder, version), join(folder, "results.json"), suites);
    const seconds = Math.round((performance.now() - began) / 1000);
    const { numPassedTests: passed, numFailedTests: failed } = report;
    const unread = report.testResults.filter(({ assertionResults }) => assertionResults.length === 0);
    print(
      `PostgreSQL ${version.replace(/\.0-.*/, "")}: ${passed} passed, ${failed + unread.length} failed, ${seconds} s`,
    );
    for (const { name, message } of unread) print(`  ${name}: ${message ?? "no test in it"}`);
    for (const { assertionResults } of report.testResults)
      for (const { status, fullName } of assertionResults) if (status === "failed") print(`  failed: ${fullName}`);
    return failed === 0 && unread.length === 0 && passed > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
const paths = given.filter((one) => one.includes("/"));
const wanted = given.filter((one) => !one.includes("/"));
const strange = wanted.find((one) => !Object.hasOwn(VERSIONS, one));
if (strange !== undefined) {
  print(`there is no version ${strange} here: choose from ${Object.keys(VERSIONS).join(", ")}`);
  process.exitCode = 2;
} else {
  let good = true;
  for (const [major, version] of Object.entries(VERSIONS)) {
    if (wanted.length > 0 && !wanted.includes(major)) continue;
    good = (await tryVersion(major, version, paths.length > 0 ? paths : SUITES)) && good;
  }
  process.exitCode = good ? 0 : 1;
}
