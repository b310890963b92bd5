/**
 * `npm run simulate -- --seed N --seeds K --merchants M --days D`
 *
 * Runs K worlds from seed N on, over all processors. A world that goes wrong prints its seed and what differs; the exit
 * status is then 1, and `--seed N --seeds 1` repeats it, call by call.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { type SimulationOutcome, simulate } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "100" },
    merchants: { type: "string", default: "3" },
    days: { type: "string", default: "6" },
    orders: { type: "string", default: "3" },
    "fault-rate": { type: "string", default: "0.08" },
    "damage-rate": { type: "string", default: "0.1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    /** Of a process that runs a share of the worlds: every how manieth. */
    step: { type: "string", default: "0" },
    json: { type: "boolean", default: false },
  },
});

function number(name: keyof typeof values): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= 0) return value;
  process.stderr.write(`--${name} must be a number, not ${JSON.stringify(values[name])}\n`);
  process.exit(2);
}

const first = number("seed");
const count = number("seeds");
const step = number("step");
const jobs = Math.max(1, Math.min(number("jobs"), count));
const environment = {
  merchants: number("merchants"),
  days: number("days"),
  orders: number("orders"),
  faultRate: number("fault-rate"),
  damageRate: number("damage-rate"),
};

type Line = SimulationOutcome | { readonly seed: number; readonly problems: readonly string[]; readonly broken: true };

async function oneEnvironment(seed: number): Promise<Line> {
  try {
    return await simulate({ seed, ...environment });
  } catch (error) {
    return { seed, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)], broken: true };
  }
}

const STUCK = 13;

/** A share of the worlds in a process of its own; each is reported as soon as it is done. */
async function share(from: number, tell: (line: Line) => void): Promise<void> {
  const args = ["--seed", from, "--seeds", first + count - from, "--step", jobs, "--merchants", environment.merchants];
  args.push("--days", environment.days, "--orders", environment.orders);
  args.push("--fault-rate", environment.faultRate, "--damage-rate", environment.damageRate);
  const child = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  let next = from;
  for await (const text of createInterface({ input: child.stdout })) {
    tell(JSON.parse(text) as Line);
    next += jobs;
  }
  const code = await ended;
  if (code === 0) return;
  // Node ends with 13 when everybody waits and nothing is left that could wake them.
  const why = code === STUCK ? "everybody waits for somebody, and nothing goes on" : `the process ended with ${code}`;
  tell({ seed: next, problems: [why], broken: true });
  if (next + jobs < first + count) await share(next + jobs, tell);
}

async function everyEnvironment(): Promise<number> {
  const start = systemClock.now();
  const sums: Record<string, number> = {};
  const faults: Record<string, number> = {};
  let done = 0;
  let failed = 0;
  const add = (line: Line): void => {
    done += 1;
    if (line.problems.length > 0) {
      failed += 1;
      process.stdout.write(`seed ${line.seed}: ${line.problems.length} problems\n`);
      for (const problem of line.problems.slice(0, 5)) process.stdout.write(`  ${problem}\n`);
    }
    if (!("broken" in line)) {
      for (const [name, value] of Object.entries(line))
        if (typeof value === "number" && name !== "seed") sums[name] = (sums[name] ?? 0) + value;
      for (const [name, value] of Object.entries(line.faults)) faults[name] = (faults[name] ?? 0) + value;
    }
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count} worlds, ${failed} with problems `);
  };
  await Promise.all(Array.from({ length: jobs }, (_none, index) => share(first + index, add)));
  if (process.stderr.isTTY) process.stderr.write("\n");
  const seconds = (systemClock.now() - start) / 1000;
  const summary = {
    seeds: count,
    failed,
    seconds: Math.round(seconds),
    seedsPerMinute: Math.round((60 * count) / seconds),
    ...sums,
    faults,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else
    for (const [name, value] of Object.entries({ ...summary, ...faults, faults: undefined }))
      if (value !== undefined) process.stdout.write(`${name.padEnd(16)} ${String(value).padStart(9)}\n`);
  return failed === 0 && done === count ? 0 : 1;
}

if (step > 0) {
  for (let seed = first; seed < first + count; seed += step)
    process.stdout.write(`${JSON.stringify(await oneEnvironment(seed))}\n`);
} else {
  process.exitCode = await everyEnvironment();
}
