import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Metrics } from "./metrics.ts";

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
  const resident = metrics.gauge("process_resident_memory_bytes", "Resident memory size in bytes");
  const heap = metrics.gauge("nodejs_heap_size_used_bytes", "Process heap size used from Node.js in bytes");
  const cpu = metrics.total("process_cpu_seconds_total", "Total user and system CPU time spent in seconds");
  const started = Math.floor(clock.now() / 1000 - process.uptime());
  metrics.gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds").set(started);
  metrics
    .gauge("apay_build_info", "1, with the version of the kit as label")
    .set(1, { version, node: process.version });
  metrics.onRead(async () => {
    const { rss, heapUsed } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    resident.set(rss);
    heap.set(heapUsed);
    cpu.set((user + system) / 1e6);
  });
}
