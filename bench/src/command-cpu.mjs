/** Commands as a user types them, measured by the CPU time of all their processes and threads: the shell's own `times` tells it. */
import { spawnSync } from "node:child_process";

const seconds = (text) => {
  const [, minutes, rest] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
  if (rest === undefined) throw new Error(`cannot read ${text} as a time`);
  return Number(minutes) * 60 + Number(rest);
};

const quoted = (word) => `'${String(word).replaceAll("'", "'\\''")}'`;

/** Whether a program is there to compare with. */
export const isInstalled = (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/**
 * Runs a command, or a text for the shell.
 *
 * @returns CPU seconds, seconds of the wall clock, and what it wrote
 * @throws when it ends with another status than those named
 */
export function runCommand(command, { cwd, statuses = [0] } = {}) {
  const text = Array.isArray(command) ? command.map(quoted).join(" ") : command;
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `(${text}); code=$?; times >&2; exit $code`], {
    cwd,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (!statuses.includes(status)) throw new Error(`${text} ended with ${status}: ${stderr.slice(-500)}`);
  const [user, system] = stderr.trimEnd().split("\n").at(-1).split(" ");
  return { cpu: seconds(user) + seconds(system), seconds: (performance.now() - start) / 1000, stdout };
}
