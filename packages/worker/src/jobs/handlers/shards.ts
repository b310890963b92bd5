import { sql } from "kysely";
import { JOB_SCHEMA, mayBeTried } from "@amazon-pay-kit/ledger/store";
import type { SourceRun } from "@amazon-pay-kit/ledger/ingest";
import { waitingFiles } from "@amazon-pay-kit/ledger/ingest";
import { JOB_KEYS, type JobOrders } from "../kinds.ts";
import type { JobContext } from "./job.ts";

/**
 * A report belongs to the shard that its id says. A shard has one report in the queue or in work, and its next one goes to
 * the end of the queue: so an account with ten thousand reports stands in the queue with no more than its few shards, and
 * everybody has their turn after everybody else.
 */
async function nextInShard(
  run: SourceRun,
  shard: number,
  shards: number,
  queued: readonly string[],
): Promise<string | undefined> {
  const { context, account, source } = run;
  const row = await context.store.db
    .selectFrom("report")
    .select("report_id")
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "listed")
    .where(({ eb, or }) => or([eb("next_attempt_at", "is", null), mayBeTried("next_attempt_at", context.clock.now())]))
    .$if(queued.length > 0, (query) => query.where("report_id", "not in", [...queued]))
    .where(sql<number>`abs(hashtext(report_id)::bigint) % ${shards}`, "=", shard)
    .orderBy("created_at")
    .orderBy("report_id")
    .limit(1)
    .executeTakeFirst();
  return row?.report_id;
}

/** Queues the next report of a shard, if there is one. */
export async function continueShard(job: JobContext, run: SourceRun, shard: number): Promise<boolean> {
  // A report that the queue has already, in work or to be tried again, is left to it: it would be queued again at each failure.
  const reportId = await nextInShard(run, shard, job.shards, await fetchesInQueue(job, run, shard));
  if (reportId === undefined) return false;
  return job.queue.send("fetch", { accountId: run.account.accountId, source: run.source.name, reportId, shard });
}

async function fetchesInQueue(job: JobContext, run: SourceRun, shard: number): Promise<readonly string[]> {
  const order = { accountId: run.account.accountId, source: run.source.name, shard } as JobOrders["fetch"];
  const rows = await job.queue.query<{ report: string }>(
    `select data->>'reportId' as report from ${JOB_SCHEMA}.job
     where name = 'fetch' and singleton_key = $1 and state <= 'active'`,
    [JOB_KEYS.fetch(order)],
  );
  return rows.map(({ report }) => report);
}

/** Queues the next file that waits to be loaded, if there is one. Of an account only one is loaded at a time. */
export async function continueLoading(
  job: JobContext,
  run: SourceRun,
  after = 0,
  except: ReadonlySet<number> = new Set(),
): Promise<boolean> {
  const waiting = await waitingFiles(run, after, 1 + except.size);
  const next = waiting.find(({ fileId }) => !except.has(fileId));
  if (next === undefined) return false;
  return job.queue.send("load", { accountId: run.account.accountId, source: run.source.name, ...next });
}

/**
 * Begins to load what has arrived, unless somebody is about to: a job that waits and is due looks for the next file itself
 * when it is done. Files that the queue has already, in work or to be tried again later, are left to it.
 */
export async function beginLoading(job: JobContext, run: SourceRun): Promise<void> {
  const queued = await loadsInQueue(job, run);
  if (queued.some(({ soon }) => soon)) return;
  await continueLoading(job, run, 0, new Set(queued.map(({ fileId }) => fileId)));
}

/** A file in the queue. */
interface QueuedLoad {
  readonly fileId: number;
  /** Whether it waits and its turn comes within seconds. */
  readonly soon: boolean;
  readonly running: boolean;
}

async function loadsInQueue({ queue }: JobContext, { account, source }: SourceRun): Promise<readonly QueuedLoad[]> {
  const key = JOB_KEYS.load({ accountId: account.accountId, source: source.name } as JobOrders["load"]);
  const rows = await queue.query<{ file: string; soon: boolean; running: boolean }>(
    `select data->>'fileId' as file, state = 'active' as running,
       state < 'active' and start_after < now() + interval '5 seconds' as soon
     from ${JOB_SCHEMA}.job where name = 'load' and singleton_key = $1 and state <= 'active'`,
    [key],
  );
  return rows.map(({ file, ...row }) => ({ fileId: Number(file), ...row }));
}

/** The files of a source that wait in the queue to be loaded, for the first time or again. */
export async function filesInQueue(job: JobContext, run: SourceRun): Promise<ReadonlySet<number>> {
  const queued = await loadsInQueue(job, run);
  return new Set(queued.filter(({ running }) => !running).map(({ fileId }) => fileId));
}
