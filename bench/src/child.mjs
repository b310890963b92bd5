/** A contender in a process of its own, so that its CPU time, its memory and what the compiler learnt are its own. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Starts the program `workers/NAME.mjs`; `ask(work, input)` has it do one of its works and gives what that resolves to,
 * together with `seconds`, `cpu` (seconds of all its threads) and `peakMegabytes` (largest resident set so far).
 */
export function child(name, { execArgv = [] } = {}) {
  const path = fileURLToPath(new URL(`workers/${name}.mjs`, import.meta.url));
  const made = fork(path, [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: ["--expose-gc", ...execArgv],
    serialization: "advanced",
  });
  const ended = new Promise((resolve) => made.once("exit", (code, signal) => resolve(signal ?? code)));
  const ask = (work, input = {}) =>
    new Promise((resolve, reject) => {
      const answered = (answer) => {
        if (answer.error === undefined) resolve(answer);
        else reject(new Error(`${name} ${work}: ${answer.error}`));
      };
      made.once("message", answered);
      ended.then((how) => reject(new Error(`${name} ${work}: the process ended with ${how}`)));
      made.send({ work, input });
    });
  const end = async () => {
    if (made.connected) made.disconnect();
    await ended;
  };
  return { ask, end };
}

/** Runs one work in a process that has done nothing before. */
export async function once(name, work, input, options) {
  const started = child(name, options);
  try {
    return await started.ask(work, input);
  } finally {
    await started.end();
  }
}
