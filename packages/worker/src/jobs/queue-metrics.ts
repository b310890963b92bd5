import { sql } from "kysely";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { MINUTE } from "@amazon-pay-kit/money";
import type { Metrics } from "../metrics/index.ts";
import type { Store } from "@amazon-pay-kit/ledger/store";
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

/** Accounts that could not be read the last time, and reports that wait: what the queue, which is kept short, does not show. */
async function waitingInBooks({ db }: Store): Promise<{ readonly failing: number; readonly reports: number }> {
  const failing = await db
    .selectFrom("sync_mark")
    .select(({ fn }) => fn.count<number>("account_id").distinct().as("n"))
    .where("failures", ">", 0)
    .executeTakeFirstOrThrow();
  const reports = await db
    .selectFrom("report")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    // Written out, as the index of those that wait has it.
    .where(sql<boolean>`state in ('listed', 'archived')`)
    .executeTakeFirstOrThrow();
  return { failing: failing.n, reports: reports.n };
}

/** What figures about the queue are looked up with. */
export interface QueueMetricsContext {
  readonly store: Store;
  readonly clock: Clock;
}

/** Figures about all workers together, looked up when they are read. While the database is away they stay as they were. */
export function queueMetrics(metrics: Metrics, queue: JobQueue, { store, clock }: QueueMetricsContext): void {
  const up = metrics.gauge(
    "apay_database_up",
    "1 while the database answers, 0 while the figures about the queue are old",
  );
  const jobs = metrics.gauge("apay_queue_jobs", "Jobs in the queue, by kind and state");
  const oldest = metrics.gauge("apay_queue_oldest_seconds", "How long the job that has waited longest has waited");
  const dead = metrics.gauge("apay_jobs_dead", "Jobs that failed for good and wait for a person");
  const workers = metrics.gauge("apay_workers", "Workers that show signs of life");
  const offset = metrics.gauge(
    "apay_clock_ahead_seconds",
    "How far this host's clock is ahead of the database's; below 0 when it is behind",
  );
  const failing = metrics.gauge("apay_accounts_failing", "Accounts whose lists could not be read the last time");
  const reports = metrics.gauge("apay_reports_waiting", "Reports that are known and not loaded yet");
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
    const waiting = await waitingInBooks(store);
    failing.set(waiting.failing);
    reports.set(waiting.reports);
  };
  metrics.onRead(async () => up.set((await withTimeout(clock, check())) ? 1 : 0));
}
