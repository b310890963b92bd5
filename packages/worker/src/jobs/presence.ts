import { JOB_KINDS } from "./kinds.ts";
import type { JobQueue } from "./queue.ts";

/** A worker as the others see it. */
export interface Presence {
  readonly workerId: string;
  readonly host: string;
  readonly startedAt: number;
  readonly seenAt: number;
  /** Kinds and ids of the jobs in its hands. */
  readonly jobs: readonly { readonly kind: string; readonly id: string }[];
}

/** After this many milliseconds without a sign of life a worker is taken for dead; each shows one in a third of that. */
export const DEAD_AFTER = 45_000;

type Query = JobQueue["query"];

/** Whether the table of workers is there. Asked first: "if not exists" wants the right to make tables even for nothing. */
export async function knowsPresence(query: Query): Promise<boolean> {
  const [known] = await query<{ there: boolean }>(`select to_regclass('apay_jobs.worker') is not null as there`);
  return known?.there === true;
}

/** Makes the table of workers where it is missing. */
export async function preparePresence(query: Query): Promise<void> {
  await query(`create table if not exists apay_jobs.worker (
    worker_id text primary key, host text not null, started_at timestamptz not null default now(),
    seen_at timestamptz not null default now(), jobs jsonb not null)`);
}

/** Says that a worker lives, and what is in its hands. */
export async function showPresence(query: Query, worker: Pick<Presence, "workerId" | "host" | "jobs">): Promise<void> {
  await query(
    `insert into apay_jobs.worker (worker_id, host, jobs) values ($1, $2, $3)
     on conflict (worker_id) do update set seen_at = now(), jobs = excluded.jobs`,
    [worker.workerId, worker.host, JSON.stringify(worker.jobs)],
  );
}

/** A worker leaves. */
export async function leave(query: Query, workerId: string): Promise<void> {
  await query(`delete from apay_jobs.worker where worker_id = $1`, [workerId]);
}

/** The workers that have shown themselves, the newest last. */
export async function presentWorkers(query: Query): Promise<readonly Presence[]> {
  const rows = await query<{ worker_id: string; host: string; started: string; seen: string; jobs: Presence["jobs"] }>(
    `select worker_id, host, (extract(epoch from started_at) * 1000)::bigint::text as started,
       (extract(epoch from seen_at) * 1000)::bigint::text as seen, jobs
     from apay_jobs.worker order by started_at`,
  );
  return rows.map((row) => ({
    workerId: row.worker_id,
    host: row.host,
    startedAt: Number(row.started),
    seenAt: Number(row.seen),
    jobs: row.jobs,
  }));
}

/**
 * Finds jobs that nobody is at any more, and claims them: those that run without being in the hands of a worker that shows
 * signs of life. Each is found by one of the living only.
 *
 * It goes by what the living have, not by what the dead had: a worker may die between taking a job and telling so.
 */
export async function claimAbandoned(
  query: Query,
  deadAfter: number,
): Promise<readonly { readonly kind: string; readonly id: string }[]> {
  await query(`delete from apay_jobs.worker where seen_at < now() - $1 * interval '1 millisecond'`, [deadAfter]);
  return query(
    `update apay_jobs.job set started_on = now()
     where state = 'active' and name = any ($2) and started_on < now() - $1 * interval '1 millisecond'
       and not exists (select from apay_jobs.worker as w, jsonb_array_elements(w.jobs) as held
         where held->>'id' = job.id::text)
     returning name as kind, id`,
    [deadAfter, JOB_KINDS],
  );
}
