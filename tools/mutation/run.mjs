/**
 * Mutation testing: changes the code in one small place at a time, and counts how often a test notices.
 *
 *     node tools/mutation/run.mjs [money] [signing] [matching]
 *
 * Without names all areas run. Prints each mutant that no test noticed, and the scores; status 1 when one is below the figure
 * in `areas.mjs`. The tool is installed on first use.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AREAS } from "./areas.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../../", import.meta.url));
const quiet = process.argv.includes("--quiet");
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const chosen = AREAS.filter(({ name }) => names.length === 0 || names.includes(name));
const unknown = names.filter((name) => !AREAS.some((area) => area.name === name));
if (unknown.length > 0) {
  console.error(`No such area: ${unknown.join(", ")}. There are ${AREAS.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

if (!existsSync(`${here}node_modules/@stryker-mutator/core`)) {
  process.stderr.write("Installing the mutation tester (first run only) …\n");
  const { status } = spawnSync(
    "npm",
    ["ci", "--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: here,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), "apay-mutation-"));
const NOTICED = new Set(["Killed", "Timeout"]);
const COUNTED = new Set(["Killed", "Timeout", "Survived", "NoCoverage"]);
let failed = false;

for (const { name, mutate, tests, atLeast } of chosen) {
  const report = join(folder, `${name}.json`);
  const config = join(folder, `${name}.config.json`);
  writeFileSync(
    config,
    JSON.stringify({
      mutate,
      testRunner: "vitest",
      plugins: [`${here}node_modules/@stryker-mutator/vitest-runner/dist/src/index.js`],
      vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
      coverageAnalysis: "perTest",
      reporters: ["json"],
      jsonReporter: { fileName: report },
      tempDirName: join(folder, "work"),
      ignorePatterns: ["bench", "docs", "examples", "simulation", "tests", "**/dist", "**/fixtures"],
      disableTypeChecks: false,
      checkers: [],
      concurrency: 2,
      timeoutMS: 2000,
      logLevel: "error",
      allowConsoleColors: false,
    }),
  );
  const started = performance.now();
  const run = spawnSync(process.execPath, [`${here}node_modules/@stryker-mutator/core/bin/stryker.js`, "run", config], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, MUTATION_TESTS: tests.join(" ") },
  });
  if (!existsSync(report)) {
    console.log(`${name}: the run ended with ${run.status} and without a report`);
    failed = true;
    continue;
  }
  const { files } = JSON.parse(readFileSync(report, "utf8"));
  const mutants = Object.entries(files).flatMap(([file, { mutants: list }]) => list.map((one) => ({ file, ...one })));
  const counted = mutants.filter(({ status }) => COUNTED.has(status));
  const noticed = counted.filter(({ status }) => NOTICED.has(status)).length;
  const late = counted.filter(({ status }) => status === "Timeout").length;
  const score = counted.length === 0 ? 0 : (100 * noticed) / counted.length;
  if (!quiet) {
    for (const { file, location, mutatorName, replacement, status } of counted.filter(
      (one) => !NOTICED.has(one.status),
    ))
      console.log(`  ${file}:${location.start.line} ${mutatorName} ${JSON.stringify(replacement ?? "")} ${status}`);
  }
  const good = counted.length > 0 && (atLeast === undefined || score >= atLeast);
  failed ||= !good;
  console.log(
    `${good ? "ok  " : "FAIL"} ${name.padEnd(9)} ${noticed} of ${counted.length} mutants noticed (${late} by never ending), ${score.toFixed(1)} % (${atLeast === undefined ? "no limit" : `at least ${atLeast} %`}), ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
}

rmSync(folder, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
