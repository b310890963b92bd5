/**
 * The process whose disk fails: started by {@link failingRuns} with failing-io.c in it. For each number that is asked for, books
 * are made in a new folder, with the fault; then everything is done again without one, and compared with undisturbed books.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Line, Outcome } from "./outcome.ts";
import { CALLS, type Fault, Plan } from "./plan.ts";
import { type Contents, makeWorkload, type Workload } from "./workload.ts";

const print = (line: Line): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

function differences(one: Contents, other: Contents): string[] {
  const found: string[] = [];
  const compare = (name: string, left: readonly string[], right: readonly string[]): void => {
    const [here, there] = [new Set(left), new Set(right)];
    for (const line of left) if (!there.has(line)) found.push(`${name}, only undisturbed: ${line.slice(0, 700)}`);
    for (const line of right) if (!here.has(line)) found.push(`${name}, only disturbed: ${line.slice(0, 700)}`);
    if (left.length !== right.length) found.push(`${name}: ${left.length} undisturbed, ${right.length} disturbed`);
  };
  for (const name of Object.keys(one.rows)) compare(name, one.rows[name] ?? [], other.rows[name] ?? []);
  compare("archive", one.archive, other.archive);
  compare("exports", one.exports, other.exports);
  return found;
}

/** Nothing that was made with a fault may say what is not so. */
function soundness(undisturbed: Contents, { damage, halfLoaded, archive, exports }: Contents): string[] {
  return [
    ...damage.filter((line) => !/orphan-file|unknown-to-books|missing/.test(line)).map((line) => `damaged: ${line}`),
    ...halfLoaded.map((line) => `half loaded: ${line}`),
    ...archive.filter((line) => !undisturbed.archive.includes(line)).map((line) => `half a file: ${line}`),
    ...exports
      .filter((line) => !undisturbed.exports.includes(line) && !/\.part|\.[0-9a-f]{8,}/.test(line))
      .map((line) => `half an export: ${line}`),
  ];
}

/** What a fault may be told as: by a code of the kit, or by that of the system with its path. */
const TOLD = /^(ended|(store|archive|sync)\.[a-z-]+|EIO|ENOSPC)$/;

async function attempt(workload: Workload, folder: string, day: number): Promise<{ code: string; message: string }> {
  try {
    await workload.run(folder, day);
    return { code: "ended", message: "" };
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    return { code: typeof code === "string" ? code : "none", message };
  }
}

async function disturbed(
  workload: Workload,
  plan: Plan,
  undisturbed: Contents,
  folder: string,
  at: number,
  fault: Fault,
): Promise<Outcome> {
  plan.set(at, fault);
  const { code, message } = await attempt(workload, folder, 0);
  const call = CALLS[Number(plan.state.kind)] ?? "?";
  plan.set(0);
  const problems: string[] = [];
  if (call === "none") problems.push("nothing failed");
  if (!TOLD.test(code)) problems.push(`an error without a code of its own: ${code}: ${message}`);
  const between = await workload.contents(folder);
  problems.push(...soundness(undisturbed, between));
  // Who says that all is well has done all of it.
  if (code === "ended") problems.push(...differences(undisturbed, between).map((line) => `said to be whole: ${line}`));
  const again = await attempt(workload, folder, 1);
  if (again.code !== "ended") problems.push(`the run after it: ${again.code}: ${again.message}`);
  const after = await workload.contents(folder);
  problems.push(...soundness(undisturbed, after), ...after.damage.map((line) => `damaged after it: ${line}`));
  problems.push(...differences(undisturbed, after));
  return { at, fault, call, ended: code, message, problems };
}

const { values } = parseArgs({
  options: {
    folder: { type: "string", default: "" },
    plan: { type: "string", default: "" },
    days: { type: "string", default: "14" },
    orders: { type: "string", default: "30" },
    /** How many of the calls, spread evenly; 0 is all of them. */
    from: { type: "string", default: "1" },
    sample: { type: "string", default: "0" },
    fault: { type: "string", multiple: true, default: [] },
  },
});

const plan = new Plan(values.plan);
const workload = await makeWorkload({ days: Number(values.days), orders: Number(values.orders) });
plan.set(0);
const first = join(values.folder, "undisturbed");
const whole = await attempt(workload, first, 0);
if (whole.code !== "ended") throw new Error(`the undisturbed run: ${whole.code}: ${whole.message}`);
const calls = Number(plan.state.seen);
const undisturbed = await workload.contents(first);
print({
  calls,
  rows: Object.values(undisturbed.rows).reduce((sum, rows) => sum + rows.length, 0),
});
const sample = Number(values.sample);
const step = sample === 0 ? 1 : calls / sample;
for (const fault of values.fault as Fault[]) {
  for (let at = Number(values.from); at <= calls; at += step) {
    const folder = join(values.folder, `${fault}-${Math.floor(at)}`);
    print(await disturbed(workload, plan, undisturbed, folder, Math.floor(at), fault));
    rmSync(folder, { recursive: true, force: true });
  }
}
await workload.close();
plan.close();
