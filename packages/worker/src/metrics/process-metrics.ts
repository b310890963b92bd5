import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Metrics } from "./metrics.ts";
import { kitMetric } from "./table.ts";

/**
 * Figures about the process itself, under the names that every Prometheus client uses, so that dashboards made for others
 * show them too.
 *
 * @param version of the kit, for `apay_build_info`
 *
 * @example
 * processMetrics(metrics, { clock: systemClock, version: "1.2.3" });
 */
export function processMetrics(
  metrics: Metrics,
  { clock, version }: { readonly clock: Pick<Clock, "now">; readonly version: string },
): void {
  const resident = kitMetric(metrics, "process_resident_memory_bytes");
  const heap = kitMetric(metrics, "nodejs_heap_size_used_bytes");
  const cpu = kitMetric(metrics, "process_cpu_seconds_total");
  const started = Math.floor(clock.now() / 1000 - process.uptime());
  kitMetric(metrics, "process_start_time_seconds").set(started);
  kitMetric(metrics, "apay_build_info").set(1, { version, node: process.version });
  metrics.onRead(async () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    resident.set(rss);
    heap.set(heapUsed);
    cpu.set((user + system) / 1e6);
  });
}
