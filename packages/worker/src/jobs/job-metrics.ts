import { kitMetric, type Metrics, syncMetrics } from "../metrics/index.ts";
import { JOB_KINDS } from "./kinds.ts";
import type { JobEvent, WorkerOptions } from "./options.ts";

const OUTCOMES: readonly JobEvent["outcome"][] = ["done", "put-off", "failed", "dead"];

/** The same options with listeners that count what this worker does. */
export function countJobs(metrics: Metrics, options: WorkerOptions): WorkerOptions {
  const jobs = kitMetric(metrics, "apay_jobs_total");
  const seconds = kitMetric(metrics, "apay_job_seconds");
  // From 0 on: the first dead job is a rise then, and not a figure that was never there before.
  for (const kind of JOB_KINDS) for (const outcome of OUTCOMES) jobs.add({ kind, outcome }, 0);
  const listen = syncMetrics(metrics);
  const round = kitMetric(metrics, "apay_worker_round_timestamp_seconds");
  const archive = kitMetric(metrics, "apay_archive_up");
  archive.set(1);
  return {
    ...options,
    onRound(event) {
      round.set(event.at / 1000);
      archive.set(event.archiveAway ? 0 : 1);
      options.onRound?.(event);
    },
    onEvent(event) {
      listen(event);
      options.onEvent?.(event);
    },
    onJob(event) {
      jobs.add({ kind: event.job.kind, outcome: event.outcome });
      if (event.outcome !== "put-off") seconds.observe(event.seconds, { kind: event.job.kind });
      options.onJob?.(event);
    },
  };
}
