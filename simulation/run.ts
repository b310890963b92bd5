/**
 * `npm run simulate -- --seed N --merchants M --days D --seeds K --fault-rate F`
 *
 * Runs K worlds from seed N on. A world that goes wrong prints its seed and what differs; the exit status is then 1.
 */
import { parseArgs } from "node:util";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { simulate, type SimulationOutcome } from "./simulate.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "20" },
    merchants: { type: "string", default: "3" },
    days: { type: "string", default: "6" },
    orders: { type: "string", default: "3" },
    "fault-rate": { type: "string", default: "0.08" },
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
const options = {
  merchants: number("merchants"),
  days: number("days"),
  orders: number("orders"),
  faultRate: number("fault-rate"),
};
const start = systemClock.now();
const outcomes: SimulationOutcome[] = [];
const failed: string[] = [];
for (let seed = first; seed < first + count; seed += 1) {
  try {
    const outcome = await simulate({ seed, ...options });
    outcomes.push(outcome);
    if (outcome.problems.length > 0)
      failed.push(`seed ${seed}: ${outcome.problems.length} problems, first: ${outcome.problems[0]}`);
  } catch (error) {
    failed.push(`seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed} of ${first + count - 1}, ${failed.length} failed `);
}
const sum = (key: "calls" | "faults" | "deaths" | "rows" | "reports" | "merchantDays"): number =>
  outcomes.reduce((total, outcome) => total + outcome[key], 0);
const seconds = (systemClock.now() - start) / 1000;
const summary = {
  seeds: count,
  failed: failed.length,
  merchantDays: sum("merchantDays"),
  merchantDaysPerSecond: Math.round(sum("merchantDays") / seconds),
  calls: sum("calls"),
  faults: sum("faults"),
  deaths: sum("deaths"),
  reports: sum("reports"),
  rows: sum("rows"),
};
if (process.stderr.isTTY) process.stderr.write("\n");
for (const line of failed) process.stdout.write(`${line}\n`);
if (values.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
else for (const [name, value] of Object.entries(summary)) process.stdout.write(`${name.padEnd(22)} ${value}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
