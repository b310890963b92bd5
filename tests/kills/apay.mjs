/** `apay` whose clock shows the time of a sandbox (SANDBOX_ORIGIN): everything else is as it is always. */
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "../../packages/cli/dist/index.js";
import { processTerminal } from "../../packages/cli/dist/terminal/terminal.js";

let ahead = 0;
async function look() {
  const answer = await fetch(`${process.env["SANDBOX_ORIGIN"]}/_sandbox/clock`);
  const { now } = await answer.json();
  ahead = Date.parse(now) - systemClock.now();
}
await look();
setInterval(() => void look().catch(() => {}), 100).unref();

const stop = new AbortController();
process.once("SIGTERM", () => stop.abort(new Error("stopped by SIGTERM")));
/** Pauses from here on are those of a quota: the watch itself pauses for seconds, and time limits are alarms. */
const LONG = 5000;
const clock = {
  now: () => systemClock.now() + ahead,
  sleep(millis, signal) {
    if (millis >= LONG) process.stderr.write(`\nwaits for ${millis} ms\n`);
    return systemClock.sleep(millis, signal);
  },
  alarm: systemClock.alarm,
};
process.exitCode = await runProgram(process.argv.slice(2), processTerminal(stop.signal), clock, systemRandom);
