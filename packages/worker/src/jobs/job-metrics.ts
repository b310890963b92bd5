import { type Metrics, syncMetrics } from "../metrics/index.ts";
import { JOB_KINDS } from "./kinds.ts";
import type { JobEvent, WorkerOptions } from "./options.ts";

const OUTCOMES: readonly JobEvent["outcome"][] = ["done", "put-off", "failed", "dead"];

/** The same options with listeners that count what this worker does. */
export function countJobs(metrics: Metrics, options: WorkerOptions): WorkerOptions {
  const jobs = metrics.counter("apay_jobs_total", "Jobs that ended, by kind and outcome");
  const seconds = metrics.histogram("apay_job_seconds", "How long jobs took");
  // From 0 on: the first dead job is a rise then, and not a figure that was never there before.
  for (const kind of JOB_KINDS) for (const outcome of OUTCOMES) jobs.add({ kind, outcome }, 0);
  const listen = syncMetrics(metrics);
  const round = metrics.gauge(
    "apay_worker_round_timestamp_seconds",
    "When the worker last looked for work: one that is stuck gets older",
  );
  const archive = metrics.gauge(
    "apay_archive_up",
    "1 while the archive can be read and written, 0 while jobs wait for it",
  );
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
