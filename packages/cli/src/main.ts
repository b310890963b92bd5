/** The process behind `apay`: streams, signals and exit status; everything else is in `program/`. */
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { runProgram } from "./program/program.ts";
import { processTerminal } from "./terminal/terminal.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`stopped by ${signal}`));
    // A second signal ends the process at once.
    process.once(signal, () => process.exit(130));
  });
}
// A closed pipe (`apay parse … | head`) ends the work quietly.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal(stop.signal), systemClock, systemRandom);
