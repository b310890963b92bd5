import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integer, type Random } from "@amazon-pay-kit/sdk/random";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Processes of `apay worker`, some of which are always about to be killed. */
export interface Workers {
  readonly kills: number;
  readonly started: number;
  /** Those that ended by themselves, which none should. */
  readonly gone: number;
  /** Kills one of them at once, with no time to say goodbye, and starts another. */
  killOne(random: Random): Promise<void>;
  /** Tells all of them to end, and gives their exit statuses. */
  drain(): Promise<readonly (number | null)[]>;
  /** For when something went wrong. */
  killAll(): Promise<void>;
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

/** Starts so many workers in a folder with an `apay.config.json`; what they say goes to `workers.log` there. */
export function startWorkers(folder: string, databaseUrl: string, count: number): Workers {
  const log = openSync(join(folder, "workers.log"), "a");
  let kills = 0;
  let started = 0;
  const start = (): ChildProcess => {
    started += 1;
    const args = [
      "--import",
      import.meta.resolve("tsx"),
      "--conditions=@amazon-pay-kit/source",
      join(root, "packages/cli/src/main.ts"),
    ];
    args.push("worker", "--json", "--take-over", "3", "--concurrency", "4", "--drain", "10");
    return spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ["ignore", log, log],
    });
  };
  const children = Array.from({ length: count }, start);
  return {
    get kills() {
      return kills;
    },
    get gone() {
      return children.filter((child) => child.exitCode !== null).length;
    },
    get started() {
      return started;
    },
    async killOne(random) {
      const index = integer(random, 0, children.length - 1);
      const child = children[index];
      if (child === undefined) return;
      const gone = ended(child);
      child.kill("SIGKILL");
      await gone;
      kills += 1;
      children[index] = start();
    },
    drain() {
      for (const child of children) child.kill("SIGTERM");
      return Promise.all(children.map(ended));
    },
    async killAll() {
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(children.map(ended));
    },
  };
}
