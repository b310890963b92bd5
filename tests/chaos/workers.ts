import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { integer, type Random } from "@amazon-pay-kit/sdk/random";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Processes of `apay worker`, some of which are always about to be killed. */
export interface Workers {
  readonly kills: number;
  readonly started: number;
  /** Those that ended by themselves while they worked, which none should. */
  readonly gone: number;
  readonly startedAgain: number;
  /** Does what a process supervisor does: starts those again that ended before they had begun to work. */
  startAgain(): Promise<void>;
  /** Kills one of them at once, with no time to say goodbye, and starts another. */
  killOne(random: Random): Promise<void>;
  /** Tells all of them to end, and gives their exit statuses. */
  drain(): Promise<readonly (number | null)[]>;
  /** For when something went wrong. */
  killAll(): Promise<void>;
  /** What they last said, for the failure's message. */
  lastLines(): Promise<string>;
}

interface Started {
  readonly child: ChildProcess;
  readonly log: string;
}

function ended({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

async function output({ log }: Started): Promise<string> {
  return readFile(log, "utf8").catch(() => "");
}

/** Starts this many workers in a folder with an `apay.config.json`; what each says goes to a file there. */
export function startWorkers(folder: string, count: number, environment: Readonly<Record<string, string>>): Workers {
  let kills = 0;
  let started = 0;
  let startedAgain = 0;
  let gone = 0;
  const start = (): Started => {
    started += 1;
    const log = join(folder, `worker-${started}.log`);
    const args = [
      "--import",
      import.meta.resolve("tsx"),
      "--conditions=@amazon-pay-kit/source",
      join(root, "packages/cli/src/main.ts"),
    ];
    args.push("worker", "--json", "--take-over", "3", "--concurrency", "4", "--drain", "10");
    const file = openSync(log, "a");
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ["ignore", file, file],
    });
    closeSync(file);
    return { child, log };
  };
  const all = Array.from({ length: count }, start);
  return {
    get kills() {
      return kills;
    },
    get gone() {
      return gone;
    },
    get started() {
      return started;
    },
    get startedAgain() {
      return startedAgain;
    },
    async startAgain() {
      for (const [index, one] of all.entries()) {
        if (one.child.exitCode === null) continue;
        if ((await output(one)).includes('"message":"worker started"')) {
          gone += 1;
          continue;
        }
        startedAgain += 1;
        all[index] = start();
      }
    },
    async killOne(random) {
      const index = integer(random, 0, all.length - 1);
      const one = all[index];
      if (one === undefined) return;
      const over = ended(one);
      one.child.kill("SIGKILL");
      await over;
      kills += 1;
      all[index] = start();
    },
    drain() {
      for (const { child } of all) child.kill("SIGTERM");
      return Promise.all(all.map(ended));
    },
    async killAll() {
      for (const { child } of all) child.kill("SIGKILL");
      await Promise.all(all.map(ended));
    },
    async lastLines() {
      const words = await Promise.all(all.map(async (one) => `${one.log}\n${(await output(one)).slice(-1500)}`));
      return words.join("\n");
    },
  };
}
