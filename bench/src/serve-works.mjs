/** The other side of child.mjs: does one work after the other and measures each. */
import { performance } from "node:perf_hooks";

/**
 * Answers for the works of a program. A work that has to get things ready first calls `begin()` where its own work starts,
 * and `stop()` where it ends, when something follows that does not count.
 */
export function serveWorks(works) {
  process.on("message", async ({ work, input }) => {
    globalThis.gc?.();
    const now = () => ({ at: performance.now(), cpu: process.cpuUsage() });
    let from = now();
    let until;
    const begin = () => (from = now());
    const stop = () => (until = now());
    try {
      const result = await works[work](input, { begin, stop });
      until ??= now();
      const cpu = until.cpu.user + until.cpu.system - from.cpu.user - from.cpu.system;
      const peakMegabytes = process.resourceUsage().maxRSS / 1024;
      process.send({ seconds: (until.at - from.at) / 1000, cpu: cpu / 1e6, peakMegabytes, ...result });
    } catch (error) {
      process.send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
}
