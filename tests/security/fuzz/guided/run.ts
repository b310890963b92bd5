/**
 * `npm run fuzz [-- [--minutes N | --seconds N] [--seed N] [--keep] [--json FILE] [target…]]`
 *
 * Hunts in all readers, or the ones named, so long in total (seconds of the processor), led by which parts of the program an input reached. Input on which a
 * reader falls over, hangs, eats memory or breaks a property is saved in fixtures/, where fuzz.test.ts tries it from then on.
 * `--keep` saves in corpus/ what led to new places, cut down, so that the next hunt starts there. Status 1 with findings.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { TARGETS } from "../targets.ts";
import { huntIn, type Hunted } from "./hunt-in.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string" },
    seconds: { type: "string" },
    seed: { type: "string", default: String(Date.now()) },
    keep: { type: "boolean", default: false },
    json: { type: "string" },
  },
});
const names = TARGETS.map(({ name }) => name);
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`no reader ${unknown.join(", ")}; there are ${names.join(", ")}`);
const wanted = positionals.length === 0 ? names : positionals;
const total = values.seconds === undefined ? Number(values.minutes ?? "1") * 60 : Number(values.seconds);
if (!(total > 0)) throw new Error("--minutes and --seconds: a number above 0");

process.stdout.write(`${wanted.length} readers, ${Math.round(total)} s in all, seed ${values.seed}\n`);
const options = { seconds: total / wanted.length, seed: values.seed, keep: values.keep };
const all = await huntIn(wanted, options, ({ target, ...hunted }) => {
  const { executions, read, before, places, corpus, slowest, findings } = hunted;
  const [tried, good] = [String(executions).padStart(9), String(read).padStart(9)];
  process.stdout.write(
    `${target.padEnd(22)} ${tried} tried ${good} read, places ${before} → ${places}, ${corpus} kept, slowest ${slowest} ms\n`,
  );
  for (const { file, error, stack } of findings)
    process.stdout.write(`  ${file}\n    ${error}\n${stack.map((line) => `    ${line.trim()}\n`).join("")}`);
});
const sum = (of: (one: Hunted) => number): number => all.reduce((total, one) => total + of(one), 0);
const findings = sum((one) => one.findings.length);
process.stdout.write(
  `${sum((one) => one.executions)} inputs in ${Math.round(sum((one) => one.seconds))} s of the processor, ${findings} findings\n`,
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(all, null, 2));
process.exitCode = findings === 0 ? 0 : 1;
