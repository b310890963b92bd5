import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Line } from "./outcome.ts";
import { type Fault, makePlanFile } from "./plan.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Whether calls can be made to fail here: Linux with a C compiler, which CI installs. */
export function canFail(): boolean {
  if (process.platform !== "linux") return false;
  return (process.env["PATH"] ?? "").split(":").some((folder) => {
    try {
      accessSync(join(folder, "cc"), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** A folder whose disk can be made to fail for a process. */
export interface FailingDisk {
  /** Below it calls fail. */
  readonly folder: string;
  /** File of the plan, which lies outside. */
  readonly plan: string;
  /** Environment of a process that is to meet the faults. */
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

/** Memory that looks like a disk, where there is one: thousands of books are made and thrown away. */
function placeForFolders(): string {
  try {
    accessSync("/dev/shm", constants.W_OK);
    return "/dev/shm";
  } catch {
    return tmpdir();
  }
}

/** Compiles failing-io.c and lays a folder. */
export function makeFailingDisk(): FailingDisk {
  const tools = mkdtempSync(join(tmpdir(), "apay-io-"));
  const library = join(tools, "failing-io.so");
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", library, join(HERE, "failing-io.c"), "-ldl"]);
  const folder = mkdtempSync(join(placeForFolders(), "apay-io-"));
  const plan = join(tools, "plan");
  makePlanFile(plan);
  return {
    folder,
    plan,
    env: {
      ...process.env,
      LD_PRELOAD: library,
      IO_FAIL_STATE: plan,
      IO_FAIL_UNDER: `${folder}/`,
      // Calls that the kernel carries out by itself pass by what is loaded before the C library.
      UV_USE_IO_URING: "0",
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
      rmSync(tools, { recursive: true, force: true });
    },
  };
}

/** What to try. */
export interface FailingRuns {
  readonly faults: readonly Fault[];
  /** How many of the calls, spread evenly; 0 for all. */
  readonly sample: number;
  /** First call that is let fail. */
  readonly from?: number;
  readonly days: number;
  readonly orders: number;
}

/** Lets each of the calls fail in turn, in a process of its own, and gives what became of it. */
export async function* failingRuns({ faults, sample, from = 1, days, orders }: FailingRuns): AsyncGenerator<Line> {
  const disk = makeFailingDisk();
  try {
    const settings = { folder: disk.folder, plan: disk.plan, sample, from, days, orders };
    const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const chosen = faults.flatMap((fault) => ["--fault", fault]);
    const start = ["--import", "tsx", "--conditions=@amazon-pay-kit/source", join(HERE, "child.ts")];
    const child = spawn(process.execPath, [...start, ...options, ...chosen], {
      cwd: ROOT,
      env: disk.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exit = once(child, "exit");
    for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as Line;
    const [status] = (await exit) as [number | null];
    if (status !== 0) throw new Error(`the process with the failing disk ended with ${status}`);
  } finally {
    disk.remove();
  }
}
