/** Runs contenders alternately and keeps medians: ratios of one run say more than absolute figures of two. */
import { performance } from "node:perf_hooks";

/** The middle of the values. */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures each contender `rounds` times, in turn, after one round that does not count.
 *
 * @param contenders name → work; the work may return `{ units }` (how much was done, default 1) and further figures, e.g. `{ cpu }`
 * @returns name → `{ rate, seconds, spread, … }`: units per second, medians; spread is (max - min) / median of the seconds
 */
export async function alternate(contenders, { rounds = 5, warmUp = rounds > 1 } = {}) {
  const names = Object.keys(contenders);
  const seen = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    // The order turns with each round, so that nobody always runs in another's shade.
    const order = names.map((_name, index) => names[(index + Math.max(0, round)) % names.length]);
    for (const name of order) {
      globalThis.gc?.();
      const cpuBefore = process.cpuUsage();
      const start = performance.now();
      const result = (await contenders[name]()) ?? {};
      const seconds = (performance.now() - start) / 1000;
      const cpu = process.cpuUsage(cpuBefore);
      if (round >= 0)
        seen[name].push({
          seconds,
          units: result.units ?? 1,
          cpu: result.cpu ?? (cpu.user + cpu.system) / 1e6,
          ...result.figures,
        });
    }
  }
  return Object.fromEntries(
    names.map((name) => {
      const seconds = seen[name].map((entry) => entry.seconds);
      const figures = {};
      for (const key of Object.keys(seen[name][0] ?? {})) figures[key] = median(seen[name].map((entry) => entry[key]));
      return [
        name,
        {
          ...figures,
          rate: median(seen[name].map((entry) => entry.units / entry.seconds)),
          cpuPerUnit: median(seen[name].map((entry) => entry.cpu / entry.units)),
          spread: (Math.max(...seconds) - Math.min(...seconds)) / median(seconds),
          rounds: seen[name].length,
        },
      ];
    }),
  );
}

/**
 * A line of the result table. `ratio` is ours to theirs in the direction that the target speaks of, `cpuRatio` the same by
 * the CPU time of all threads; a line without a contender has a `value` in their place.
 */
export function line({ ratio = null, cpuRatio = null, value = null, target = "", met = null, note = "", ...rest }) {
  return { ...rest, ratio, cpuRatio, value, target, met, note };
}

/** `1.23`, `12.3`, `1,234`. */
export function figure(value) {
  if (value >= 1000) return Math.round(value).toLocaleString("en-US");
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
