import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { saveFinding } from "../saved.ts";

/** What became of a hunt in one reader. */
export interface Hunted {
  readonly target: string;
  readonly executions: number;
  /** Of those: inputs that were read to the end, not refused. */
  readonly read: number;
  /** Places of the program that seeds and corpus passed, and that were passed at the end. */
  readonly before: number;
  readonly places: number;
  readonly corpus: number;
  /** Longest time that one input took, in milliseconds. */
  readonly slowest: number;
  readonly seconds: number;
  readonly findings: readonly { readonly file: string; readonly error: string; readonly stack: readonly string[] }[];
}

/** How long in each reader, and with which chance. */
export interface HuntOptions {
  readonly seconds: number;
  /** Most inputs that are made for each reader; any number by default. */
  readonly inputs?: number;
  readonly seed: string;
  readonly keep: boolean;
}

const CHILD = fileURLToPath(new URL("child.ts", import.meta.url));
const COUNTERS = new URL("counters.mjs", import.meta.url).href;

async function huntingProcess(
  targets: readonly string[],
  { seconds, inputs = Number.POSITIVE_INFINITY, seed, keep }: HuntOptions,
): Promise<Hunted[]> {
  const folder = mkdtempSync(join(tmpdir(), "apay-hunt-"));
  const [result, stuck] = [join(folder, "result.ndjson"), join(folder, "stuck.json")];
  try {
    const node = ["--import", COUNTERS, "--conditions=@amazon-pay-kit/source", "--max-old-space-size=4096"];
    const options = [
      "--seconds",
      String(seconds),
      "--inputs",
      String(inputs),
      "--seed",
      seed,
      "--result",
      result,
      "--stuck",
      stuck,
    ];
    const chosen = targets.flatMap((name) => ["--target", name]);
    const child = spawn(process.execPath, [...node, CHILD, ...options, ...chosen, ...(keep ? ["--keep"] : [])], {
      stdio: ["ignore", "inherit", "pipe"],
      // What readers write for themselves goes with the folder.
      env: { ...process.env, TMPDIR: folder, TZ: "UTC" },
    });
    let errors = "";
    child.stderr.on("data", (piece) => void (errors = `${errors}${piece}`.slice(-4000)));
    const [status] = (await once(child, "exit")) as [number | null];
    const lines = existsSync(result) ? readFileSync(result, "utf8").split("\n").slice(0, -1) : [];
    const hunted = lines.map((line) => JSON.parse(line) as Hunted);
    const target = targets[hunted.length];
    if (target === undefined) return hunted;
    if (!existsSync(stuck)) throw new Error(`the hunt in ${target} ended with ${status}: ${errors}`);
    const { why, bytes } = JSON.parse(readFileSync(stuck, "utf8")) as { why: string; bytes: string };
    const file = saveFinding(target, Buffer.from(bytes, "base64"));
    const nothing = { executions: 0, read: 0, before: 0, places: 0, corpus: 0, slowest: 0, seconds };
    const error = why === "hang" ? "hangs" : "eats memory";
    return [...hunted, { target, ...nothing, findings: [{ file, error, stack: [] }] }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Hunts in readers one after the other, in a process of their own: where an input ends it, another goes on with the next. */
export async function huntIn(
  targets: readonly string[],
  options: HuntOptions,
  onHunted: (hunted: Hunted) => void,
): Promise<Hunted[]> {
  const done: Hunted[] = [];
  while (done.length < targets.length) {
    const some = await huntingProcess(targets.slice(done.length), options);
    for (const hunted of some) onHunted(hunted);
    done.push(...some);
  }
  return done;
}
