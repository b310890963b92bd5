/** The process behind `npx @amazon-pay-kit/sandbox`: streams, signals and exit status. Whoever imports this starts a sandbox. */
import { runSandbox } from "./run-sandbox.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());

process.exitCode = await runSandbox(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  signal: stop.signal,
});
