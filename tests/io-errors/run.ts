/**
 * `npm run test:io-errors [-- --sample N --from N --fault NAME --days D --orders N]`
 *
 * The long form of io-errors.test.ts: lets every call fail that changes the disk, once and from then on. Prints the figures, and
 * exits with 1 when books were wrong.
 */
import { parseArgs } from "node:util";
import { canFail, failingRuns } from "./failing-runs.ts";
import type { Outcome } from "./outcome.ts";
import { type Fault, FAULTS } from "./plan.ts";

const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "0" },
    from: { type: "string", default: "1" },
    fault: { type: "string", multiple: true, default: Object.keys(FAULTS) },
    days: { type: "string", default: "5" },
    orders: { type: "string", default: "8" },
  },
});
if (!canFail()) throw new Error("this takes Linux and a C compiler (cc): install gcc and libc6-dev");

const started = process.hrtime.bigint();
const unknown = values.fault.filter((fault) => !(fault in FAULTS));
if (unknown.length > 0) throw new Error(`--fault ${unknown.join()}: there are ${Object.keys(FAULTS).join(", ")}`);
const faults = values.fault as Fault[];
const counts = new Map<string, number>();
const wrong: Outcome[] = [];
let runs = 0;
for await (const line of failingRuns({
  faults,
  sample: Number(values.sample),
  from: Number(values.from),
  days: Number(values.days),
  orders: Number(values.orders),
})) {
  if (!("at" in line)) {
    process.stdout.write(`${line.calls} calls change the disk, ${line.rows} rows\n`);
    continue;
  }
  runs += 1;
  const name = `${line.fault}, ${line.call}: ${line.ended}`;
  counts.set(name, (counts.get(name) ?? 0) + 1);
  if (line.problems.length > 0) wrong.push(line);
  if (process.stderr.isTTY) process.stderr.write(`\r${runs} runs, ${wrong.length} wrong `);
}
if (process.stderr.isTTY) process.stderr.write("\n");
for (const [name, count] of [...counts].sort()) process.stdout.write(`${String(count).padStart(6)}  ${name}\n`);
for (const { at, fault, call, ended, message, problems } of wrong.slice(0, 20)) {
  process.stdout.write(`${fault}, call ${at} (${call}): ${ended} ${message}\n`);
  for (const problem of problems.slice(0, 10)) process.stdout.write(`  ${problem}\n`);
}
const seconds = Number((process.hrtime.bigint() - started) / 1_000_000_000n);
process.stdout.write(`${runs} runs in ${seconds} s: ${wrong.length} with books that are wrong\n`);
process.exitCode = wrong.length === 0 && runs > 0 ? 0 : 1;
