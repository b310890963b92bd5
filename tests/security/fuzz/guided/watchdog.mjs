/**
 * Watches from a thread of its own whether the process hangs on an input, or eats memory, saves the input and ends the process:
 * the thread that is at work can do neither.
 */
import { writeFileSync } from "node:fs";
import { workerData } from "node:worker_threads";

const { state, input, output, cpuSeconds, megabytes } = workerData;
const [count, length] = [0, 1];
const numbers = new Int32Array(state);
const bytes = new Uint8Array(input);

let last = -1;
let since = process.cpuUsage();
setInterval(() => {
  const now = Atomics.load(numbers, count);
  if (now !== last) {
    last = now;
    since = process.cpuUsage();
  }
  // Time of the processor, not of the clock: a machine that is busy makes nothing hang.
  const { user } = process.cpuUsage(since);
  const hangs = user > cpuSeconds * 1e6;
  const grows = process.memoryUsage().rss > megabytes * 2 ** 20;
  if (!hangs && !grows) return;
  const found = Buffer.from(bytes.slice(0, Atomics.load(numbers, length))).toString("base64");
  writeFileSync(output, JSON.stringify({ why: hangs ? "hang" : "memory", bytes: found }));
  process.kill(process.pid, "SIGKILL");
}, 50);
