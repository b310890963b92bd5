/**
 * `npm run test:repeat -- N`: runs the suite N times, keeps the log of each run that failed, and says how often each test did.
 *
 *     npm run test:repeat -- 10                         ten runs of the whole suite
 *     npm run test:repeat -- 5 --busy 1                 … beside one core that is kept busy
 *     npm run test:repeat -- 20 packages/sdk/src/mws    what follows goes to vitest
 *
 * Logs are in `.apay/repeat/`. Status 0 when no run failed, 1 when one did, 2 for a wrong command line.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { installWhatIsMissing, node, root } from "./toolbox.mjs";

const given = process.argv.slice(2);
const busyAt = given.indexOf("--busy");
const busy = busyAt === -1 ? 0 : Number(given.splice(busyAt, 2)[1]);
const [count, ...forVitest] = given;
const runs = Number(count);
if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(busy) || busy < 0) {
  process.stderr.write(
    "usage: npm run test:repeat -- RUNS [--busy CORES] [what vitest takes]; RUNS and CORES are whole numbers\n",
  );
  process.exit(2);
}

/** Processes that do nothing but take time of a core. */
const load = Array.from({ length: busy }, () => spawn(process.execPath, ["-e", "for (;;) {}"], { stdio: "ignore" }));
const stopLoad = () => load.forEach((child) => child.kill("SIGKILL"));
process.once("exit", stopLoad);
for (const [signal, status] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
])
  process.once(signal, () => process.exit(status));

/** Names of the tests that failed, as vitest lists them at the end of a run. */
function failedIn(log) {
  const plain = stripVTControlCharacters(log);
  return [...new Set([...plain.matchAll(/^\s*FAIL\s+(.+?)\s*$/gm)].map(([, name]) => name))];
}

const logs = `${root}.apay/repeat`;
rmSync(logs, { recursive: true, force: true });
mkdirSync(logs, { recursive: true });
await installWhatIsMissing();
node([`${root}scripts/build.mjs`]);

const failures = new Map();
let failedRuns = 0;
for (let run = 1; run <= runs; run += 1) {
  const started = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}node_modules/vitest/vitest.mjs`, "run", ...forVitest],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 30, env: { ...process.env, NO_COLOR: "1" } },
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  if (status === 0) {
    console.log(`run ${run} of ${runs}: passed (${seconds} s)`);
    continue;
  }
  failedRuns += 1;
  const log = `${stdout}\n${stderr}`;
  writeFileSync(`${logs}/run-${run}.log`, log);
  const names = failedIn(log);
  if (names.length === 0) names.push(`(no test: ended with ${signal ?? `status ${status}`})`);
  for (const name of names) failures.set(name, (failures.get(name) ?? 0) + 1);
  console.log(`run ${run} of ${runs}: failed (${seconds} s), log in .apay/repeat/run-${run}.log`);
}
console.log(
  `\n${failedRuns} of ${runs} runs failed${busy > 0 ? ` beside ${busy} busy core${busy > 1 ? "s" : ""}` : ""}.`,
);
for (const [name, times] of [...failures].sort((left, right) => right[1] - left[1])) console.log(`${times}× ${name}`);
process.exit(failedRuns === 0 ? 0 : 1);
