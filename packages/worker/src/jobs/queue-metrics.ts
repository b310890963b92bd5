import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { MINUTE } from "@amazon-pay-kit/money";
import { kitMetric, type Metrics } from "../metrics/index.ts";
import type { Store } from "@amazon-pay-kit/ledger/store";
import { booksMetrics } from "./books-metrics.ts";
import { jobCounts } from "./inspect.ts";
import { aheadOfDatabase } from "./database-clock.ts";
import { presentWorkers } from "./presence.ts";
import type { JobQueue } from "./queue.ts";

/** Longest wait for the database, in milliseconds: a collector gives up after ten seconds, and then has no figure at all. */
const TIMEOUT = 4000;

/** Whether some work comes to its end within the time. */
async function withTimeout(clock: Clock, work: Promise<unknown>): Promise<boolean> {
  const over = new AbortController();
  const late = clock.sleep(TIMEOUT, over.signal).then(
    () => false,
    () => false,
  );
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch {
    return false;
  } finally {
    over.abort();
  }
}

/** What figures about the queue are looked up with. */
export interface QueueMetricsContext {
  readonly store: Store;
  readonly clock: Clock;
  /** Names of the hooks that are configured. */
  readonly hooks?: readonly string[];
}

/** Figures about all workers together, looked up when they are read. While the database is away they stay as they were. */
export function queueMetrics(
  metrics: Metrics,
  queue: JobQueue,
  { store, clock, hooks = [] }: QueueMetricsContext,
): void {
  const up = kitMetric(metrics, "apay_database_up");
  const jobs = kitMetric(metrics, "apay_queue_jobs");
  const oldest = kitMetric(metrics, "apay_queue_oldest_seconds");
  const dead = kitMetric(metrics, "apay_jobs_dead");
  const workers = kitMetric(metrics, "apay_workers");
  const offset = kitMetric(metrics, "apay_clock_ahead_seconds");
  const readBooks = booksMetrics(metrics, store, hooks);
  let booksReadAt = Number.NEGATIVE_INFINITY;
  const check = async (): Promise<void> => {
    const counts = await jobCounts(queue);
    for (const { kind, state, count } of counts.kinds) jobs.set(count, { kind, state });
    for (const { kind, oldestSeconds } of counts.waiting) oldest.set(oldestSeconds, { kind });
    dead.set(counts.dead);
    workers.set((await presentWorkers(queue.query)).length);
    offset.set((await aheadOfDatabase(queue.query, clock)) / 1000);
    // Counted over all accounts, so not at every reading of every worker.
    if (Math.abs(clock.now() - booksReadAt) < MINUTE) return;
    booksReadAt = clock.now();
    await readBooks(booksReadAt);
  };
  metrics.onRead(async () => up.set((await withTimeout(clock, check())) ? 1 : 0));
}
