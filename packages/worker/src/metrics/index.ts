/** Health and figures of a running process. */
export { ALERTS, type Alert } from "./alerts.ts";
export {
  createMetrics,
  METRICS_TYPE,
  type Counter,
  type Gauge,
  type Histogram,
  type Labels,
  type Metrics,
} from "./metrics.ts";
export { processMetrics } from "./process-metrics.ts";
export { serveMetrics, type Health, type MetricsServer, type ServeMetricsOptions } from "./serve.ts";
export { syncMetrics } from "./sync-metrics.ts";
export { kitMetric, METRICS, type MetricName, type MetricRow } from "./table.ts";
