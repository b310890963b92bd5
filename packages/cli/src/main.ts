/** The process behind `apay`: streams, signals and exit status; everything else is in `program/`. */
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { EXIT } from "./errors.ts";
import { failureOf, showFailure } from "./program/failure.ts";
import { Stopped } from "./program/stopped.ts";
import { VERSION } from "./program/version.ts";
import { processTerminal } from "./terminal/terminal.ts";

const stop = new AbortController();
const terminal = processTerminal(stop.signal);
/** A press of Ctrl-C may come twice: from the terminal, and handed on by npm. */
const SAME_PRESS_MILLIS = 500;
let stoppedAt: number | undefined;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    const now = systemClock.now();
    const stopped = new Stopped(signal);
    // A second press ends the process at once.
    if (stoppedAt !== undefined && now - stoppedAt > SAME_PRESS_MILLIS) process.exit(stopped.exitStatus);
    stoppedAt ??= now;
    stop.abort(stopped);
  });
}
// A closed pipe (`apay parse … | head`) ends the work quietly; a result that cannot be written is none.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.done);
  const failure = failureOf(error);
  showFailure(terminal, { ...failure, message: `the result cannot be written: ${failure.message}` }, false);
  process.exit(failure.exitStatus);
});
// Remarks that nobody reads any more are no reason to end the work.
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
});

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // Known without the table of all commands, which takes longer to make than everything else.
  terminal.out.write(`${VERSION}\n`);
} else {
  const { runProgram } = await import("./program.ts");
  process.exitCode = await runProgram(args, terminal, systemClock, systemRandom);
}
