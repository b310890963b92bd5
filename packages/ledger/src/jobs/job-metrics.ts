import { type Metrics, syncMetrics } from "../metrics/index.ts";
import { jobCounts } from "./inspect.ts";
import type { WorkerOptions } from "./options.ts";
import { presentWorkers } from "./presence.ts";
import type { JobQueue } from "./queue.ts";

/** The same options with listeners that count, and with figures about the queue as a whole, looked up when they are read. */
export function countJobs(metrics: Metrics, queue: JobQueue, options: WorkerOptions): WorkerOptions {
  const jobs = metrics.counter("apay_jobs_total", "Jobs that ended, by kind and outcome");
  const seconds = metrics.histogram("apay_job_seconds", "How long jobs took");
  const waiting = metrics.gauge("apay_queue_jobs", "Jobs in the queue, by kind and state");
  const oldest = metrics.gauge("apay_queue_oldest_seconds", "How long the job that has waited longest has waited");
  const dead = metrics.gauge("apay_jobs_dead", "Jobs that failed for good and wait for a person");
  const workers = metrics.gauge("apay_workers", "Workers that show signs of life");
  metrics.onRead(async () => {
    const counts = await jobCounts(queue);
    for (const { kind, state, count } of counts.kinds) waiting.set(count, { kind, state });
    for (const { kind, oldestSeconds } of counts.waiting) oldest.set(oldestSeconds, { kind });
    dead.set(counts.dead);
    workers.set((await presentWorkers(queue.query)).length);
  });
  const listen = syncMetrics(metrics);
  return {
    ...options,
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
