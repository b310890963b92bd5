/** What the root scripts share: find the root, install when something is missing, run a program. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program with the terminal attached; ends this process with the same status when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/**
 * As `run`, but a signal is handed on and the program's end waited for: an install that went on behind the back of a
 * command that was stopped would be in the way of the next one.
 */
function runToItsEnd(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, ...options });
    let stopped;
    const handOn = (signal) => {
      stopped = signal;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM"];
    for (const signal of signals) process.on(signal, handOn);
    child.once("error", reject);
    child.once("exit", (status) => {
      for (const signal of signals) process.off(signal, handOn);
      if (stopped !== undefined) process.exit(stopped === "SIGINT" ? 130 : 143);
      if (status !== 0) process.exit(status ?? 1);
      resolve();
    });
  });
}

/** Runs one Node program of the workspace. */
export function node(args, options = {}) {
  run(process.execPath, args, options);
}

const stamp = `${root}node_modules/.apay-install`;

/** Installs what the lock file names when node_modules is missing or older than the lock file. */
export async function installWhatIsMissing() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`Amazon Pay Kit needs Node 20.19 or later; this is ${process.versions.node}.\n`);
    process.exit(2);
  }
  const wanted = createHash("sha256")
    .update(readFileSync(`${root}package-lock.json`))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing dependencies (first run only) …\n");
  await runToItsEnd("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], {
    shell: process.platform === "win32",
    stdio: ["ignore", 2, 2],
  });
  mkdirSync(`${root}node_modules`, { recursive: true });
  writeFileSync(stamp, wanted);
}
