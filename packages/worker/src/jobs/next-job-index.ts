import type { JobQueue } from "./queue.ts";

type Query = JobQueue["query"];

const NAME = "job_next";
/** By it the plan finds whose books were judged lately, among the hundred thousands of jobs that are kept for three days. */
const ENDED = "archive_ended";

/** Whether the queue has the index by which the next job is found. */
export async function knowsNextJobIndex(query: Query): Promise<boolean> {
  const [known] = await query<{ there: boolean }>(
    `select to_regclass('apay_jobs.${NAME}') is not null and to_regclass('apay_jobs.${ENDED}') is not null as there`,
  );
  return known?.there === true;
}

/**
 * Makes the index by which the next job is found, in the order in which pg-boss asks for it. Its own orders by when a job may
 * start, so that every taking sorts all that wait: 80 ms with the 40,000 jobs of ten thousand new accounts, 0.07 ms with this one.
 */
export async function prepareNextJobIndex(query: Query): Promise<void> {
  await query(`create index if not exists ${NAME} on apay_jobs.job (name, priority desc, created_on, id)
    where state < 'active'`);
  await query(
    `create index if not exists ${ENDED} on apay_jobs.archive (name, completed_on) where state = 'completed'`,
  );
}
