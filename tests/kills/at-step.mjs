/**
 * `apay` that writes down where it asks for the time or for chance (STEPS: a file), or dies there as by a power cut
 * (KILL_AT: the name of the step and its number among those of the name, `keep:2`). Both come through ports alone, so that every lock, row and file is between two of them.
 */
import { appendFileSync } from "node:fs";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../packages/cli/dist/index.js";
import { processTerminal } from "../../packages/cli/dist/terminal/terminal.js";

const [log, killAt] = [process.env["STEPS"], process.env["KILL_AT"]];
const passed = new Map();

/** The innermost function of the ledger or the command line that is running. */
function step() {
  const frames = (new Error("here").stack ?? "")
    .split("\n")
    .filter((line) => /packages\/(ledger|cli)\/dist/.test(line));
  return /at (?:async )?(?:[\w.]+\.)?(\w+) /.exec(frames[0] ?? "")?.[1] ?? "unnamed";
}

function pass() {
  const name = step();
  const number = (passed.get(name) ?? 0) + 1;
  passed.set(name, number);
  if (log !== undefined) appendFileSync(log, `${name}:${number}\n`);
  if (`${name}:${number}` === killAt) process.kill(process.pid, "SIGKILL");
}

const stop = new AbortController();
const clock = { now: () => (pass(), systemClock.now()), sleep: (millis, signal) => systemClock.sleep(millis, signal) };
const random = {
  ...systemRandom,
  fraction: () => (pass(), systemRandom.fraction()),
  bytes: (length) => (pass(), systemRandom.bytes(length)),
};
process.exitCode = await runProgram(process.argv.slice(2), processTerminal(stop.signal), clock, random);
