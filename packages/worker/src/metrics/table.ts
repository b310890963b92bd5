import type { Counter, Gauge, Histogram, Metrics } from "./metrics.ts";

/** One metric, as the exposition, the rules, the board and the runbook have it. */
export interface MetricRow {
  readonly type: "counter" | "gauge" | "total" | "histogram";
  readonly help: string;
  readonly labels?: readonly string[];
  /** What the board shows it as. Default: a plain number. */
  readonly unit?: "seconds" | "bytes" | "timestamp" | "yes-no";
  /** Who has it. `apay sync --watch` has what every process has. */
  readonly of: "worker" | "both";
  /** Where the board shows it. */
  readonly group: "health" | "reports" | "queue" | "books" | "process";
}

/** Every metric of the kit. No label names an account: ten thousand merchants would make ten thousand time series of each. */
export const METRICS = {
  apay_build_info: {
    type: "gauge",
    help: "1, with the version of the kit as label",
    labels: ["version", "node"],
    of: "both",
    group: "process",
  },
  process_resident_memory_bytes: {
    type: "gauge",
    help: "Resident memory size in bytes",
    unit: "bytes",
    of: "both",
    group: "process",
  },
  nodejs_heap_size_used_bytes: {
    type: "gauge",
    help: "Process heap size used from Node.js in bytes",
    unit: "bytes",
    of: "both",
    group: "process",
  },
  process_cpu_seconds_total: {
    type: "total",
    help: "Total user and system CPU time spent in seconds",
    unit: "seconds",
    of: "both",
    group: "process",
  },
  process_start_time_seconds: {
    type: "gauge",
    help: "Start time of the process since unix epoch in seconds",
    unit: "timestamp",
    of: "both",
    group: "process",
  },
  apay_reports_listed_total: {
    type: "counter",
    help: "Reports in listings, those that are known included",
    labels: ["source"],
    of: "both",
    group: "reports",
  },
  apay_reports_fresh_total: {
    type: "counter",
    help: "Reports seen for the first time",
    labels: ["source"],
    of: "both",
    group: "reports",
  },
  apay_reports_fetched_total: {
    type: "counter",
    help: "Reports whose bytes are in the archive",
    labels: ["source"],
    of: "both",
    group: "reports",
  },
  apay_report_bytes_total: {
    type: "counter",
    help: "Bytes of fetched reports",
    labels: ["source"],
    unit: "bytes",
    of: "both",
    group: "reports",
  },
  apay_report_fetch_failures_total: {
    type: "counter",
    help: "Attempts to fetch a report that failed",
    labels: ["source", "code"],
    of: "both",
    group: "reports",
  },
  apay_files_loaded_total: {
    type: "counter",
    help: "Report files whose rows are in the store",
    labels: ["source", "kind"],
    of: "both",
    group: "reports",
  },
  apay_rows_loaded_total: {
    type: "counter",
    help: "Rows that were read",
    labels: ["kind"],
    of: "both",
    group: "reports",
  },
  apay_row_errors_total: {
    type: "counter",
    help: "Rows that could not be read",
    labels: ["kind"],
    of: "both",
    group: "reports",
  },
  apay_row_repeats_total: {
    type: "counter",
    help: "Rows that an earlier file had delivered",
    labels: ["kind"],
    of: "both",
    group: "reports",
  },
  apay_files_quarantined_total: {
    type: "counter",
    help: "Report files set aside as unusable",
    labels: ["source", "code"],
    of: "both",
    group: "reports",
  },
  apay_source_failures_total: {
    type: "counter",
    help: "Runs in which a source could not be read",
    labels: ["source", "code"],
    of: "both",
    group: "reports",
  },
  apay_disbursements_total: {
    type: "counter",
    help: "Payouts in listings",
    labels: ["source"],
    of: "both",
    group: "reports",
  },
  apay_jobs_total: {
    type: "counter",
    help: "Jobs that ended, by kind and outcome",
    labels: ["kind", "outcome"],
    of: "worker",
    group: "queue",
  },
  apay_job_seconds: {
    type: "histogram",
    help: "How long jobs took",
    labels: ["kind"],
    unit: "seconds",
    of: "worker",
    group: "queue",
  },
  apay_worker_round_timestamp_seconds: {
    type: "gauge",
    help: "When the worker last looked for work: one that is stuck gets older",
    unit: "timestamp",
    of: "worker",
    group: "health",
  },
  apay_archive_up: {
    type: "gauge",
    help: "1 while the archive can be read and written, 0 while jobs wait for it",
    unit: "yes-no",
    of: "worker",
    group: "health",
  },
  apay_database_up: {
    type: "gauge",
    help: "1 while the database answers, 0 while the figures about the queue are old",
    unit: "yes-no",
    of: "worker",
    group: "health",
  },
  apay_queue_jobs: {
    type: "gauge",
    help: "Jobs in the queue, by kind and state",
    labels: ["kind", "state"],
    of: "worker",
    group: "queue",
  },
  apay_queue_oldest_seconds: {
    type: "gauge",
    help: "How long the job that has waited longest has waited",
    labels: ["kind"],
    unit: "seconds",
    of: "worker",
    group: "queue",
  },
  apay_jobs_dead: {
    type: "gauge",
    help: "Jobs that failed for good and wait for a person",
    of: "worker",
    group: "queue",
  },
  apay_workers: { type: "gauge", help: "Workers that show signs of life", of: "worker", group: "health" },
  apay_clock_ahead_seconds: {
    type: "gauge",
    help: "How far this host's clock is ahead of the database's; below 0 when it is behind",
    unit: "seconds",
    of: "worker",
    group: "health",
  },
  apay_accounts_failing: {
    type: "gauge",
    help: "Accounts whose lists could not be read the last time",
    of: "worker",
    group: "health",
  },
  apay_accounts_stale: {
    type: "gauge",
    help: "Accounts with settlements, of which none began within the last 35 days",
    of: "worker",
    group: "books",
  },
  apay_reports_waiting: {
    type: "gauge",
    help: "Reports that are known and not loaded yet",
    of: "worker",
    group: "reports",
  },
  apay_reports_expiring: {
    type: "gauge",
    help: "Reports that are not fetched yet and that Amazon Pay deletes within 14 days",
    of: "worker",
    group: "reports",
  },
  apay_settlement_newest_timestamp_seconds: {
    type: "gauge",
    help: "When the newest settlement of all accounts began",
    unit: "timestamp",
    of: "worker",
    group: "books",
  },
  apay_webhooks_failing: {
    type: "gauge",
    help: "Hooks of accounts whose last delivery failed and is tried again",
    of: "worker",
    group: "books",
  },
  apay_webhooks_disabled: {
    type: "gauge",
    help: "Hooks of accounts that failed for days and are told nothing more until somebody enables them",
    of: "worker",
    group: "books",
  },
  apay_webhook_events_waiting: {
    type: "gauge",
    help: "Events that hooks are behind, those included that they do not want",
    of: "worker",
    group: "books",
  },
  apay_exceptions_open: {
    type: "gauge",
    help: "Exceptions that wait for somebody, by how bad they are",
    labels: ["severity"],
    of: "worker",
    group: "books",
  },
  apay_exceptions_amount: {
    type: "gauge",
    help: "What the exceptions that wait for somebody amount to, each as a positive figure, in whole units of the currency",
    labels: ["currency"],
    of: "worker",
    group: "books",
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

/** Name of a metric of the kit. */
export type MetricName = keyof typeof METRICS;

interface ByType {
  readonly counter: Counter;
  readonly gauge: Gauge;
  readonly total: Gauge;
  readonly histogram: Histogram;
}

/** A metric of the table, in these metrics. Asking twice gives the same. */
export function kitMetric<Name extends MetricName>(
  metrics: Metrics,
  name: Name,
): ByType[(typeof METRICS)[Name]["type"]] {
  const { type, help } = METRICS[name];
  const make: { readonly [Type in keyof ByType]: (name: string, help: string) => ByType[Type] } = metrics;
  return make[type](name, help) as ByType[(typeof METRICS)[Name]["type"]];
}
