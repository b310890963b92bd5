/** Hunts in some readers for a while each: a process of its own, started by run.ts with counters in the sources. */
import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { corpusOf, saveCorpus, savedOf, saveFinding } from "../saved.ts";
import { TARGETS } from "../targets.ts";
import { type Counters, Hunt } from "./hunt.ts";

const { values } = parseArgs({
  options: {
    target: { type: "string", multiple: true, default: [] },
    seconds: { type: "string", default: "1" },
    inputs: { type: "string", default: "Infinity" },
    seed: { type: "string", default: "1" },
    result: { type: "string", default: "" },
    stuck: { type: "string", default: "" },
    keep: { type: "boolean", default: false },
  },
});
const wanted = TARGETS.filter(({ name }) => values.target.includes(name));
if (wanted.length !== values.target.length) throw new Error(`there is no target ${values.target.join(" or ")}`);

/** Longest input whose bytes the watchdog can save. */
const LARGEST = 1 << 20;
const state = new SharedArrayBuffer(8);
const input = new SharedArrayBuffer(LARGEST);
const numbers = new Int32Array(state);
const shared = new Uint8Array(input);
const watchdog = new Worker(new URL("watchdog.mjs", import.meta.url), {
  workerData: { state, input, output: values.stuck, cpuSeconds: 10, megabytes: 2048 },
  execArgv: [],
});
watchdog.unref();

const { __apayFuzz: counters } = globalThis as unknown as { readonly __apayFuzz: Counters };
for (const target of wanted) {
  const cpu = process.cpuUsage();
  // Seconds of this process: what the machine does besides counts for nothing.
  const spent = (): number => process.cpuUsage(cpu).user / 1e6;
  const end = Number(values.seconds);
  const most = Number(values.inputs);
  const hunt = new Hunt(target, seededRandom(`${values.seed} ${target.name}`), counters, (bytes) => {
    shared.set(bytes.subarray(0, LARGEST));
    Atomics.store(numbers, 1, Math.min(bytes.length, LARGEST));
    Atomics.add(numbers, 0, 1);
  });
  const saved = savedOf(target.name).map((one) => one.bytes);
  for (const bytes of [...target.seeds, ...saved, ...corpusOf(target.name)]) await hunt.take(Uint8Array.from(bytes));
  const before = hunt.places;
  const known = hunt.executions;
  while (hunt.executions - known < most && spent() < end) await hunt.step();
  const findings = hunt.findings.map(({ bytes, error }) => ({
    file: saveFinding(target.name, bytes),
    error: `${error.name}: ${error.message.slice(0, 400)}`,
    stack: (error.stack ?? "").split("\n").slice(1, 6),
  }));
  const { executions, read, places, slowest } = hunt;
  const corpus = hunt.corpus.length;
  if (values.keep) {
    const until = spent() + Math.max(1, end * 0.3);
    saveCorpus(target.name, await hunt.minimised(() => spent() < until));
  }
  const hunted = { executions, read, before, places, corpus, slowest: Math.round(slowest), findings, seconds: spent() };
  appendFileSync(values.result, `${JSON.stringify({ target: target.name, ...hunted })}\n`);
}
process.exit(0);
