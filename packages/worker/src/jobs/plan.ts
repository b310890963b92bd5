import { MINUTE } from "@amazon-pay-kit/money";
import { sql } from "kysely";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { JOB_SCHEMA, mayBeTried } from "@amazon-pay-kit/ledger/store";
import type { SyncAccount } from "@amazon-pay-kit/ledger/ingest";
import type { WorkerOptions } from "./options.ts";
import { type JobQueue, openJobQueue } from "./queue.ts";

/** A day without anything new still changes verdicts: what was expected may be late now. */
const DAILY = 24 * 60 * MINUTE;

/** How far hosts' clocks may be apart without more ado. */
const APART = 10 * MINUTE;

/**
 * Whether a look is due. One that lies in the future was made by a host whose clock was ahead, or this one's has been put back:
 * waiting until that time has come again would leave the account alone for as long as the clock was wrong.
 */
function isDue(last: number | undefined, now: number, everyMillis: number): boolean {
  return last === undefined || now - last >= everyMillis || last - now > APART;
}

async function lastChecks(context: LedgerContext): Promise<ReadonlyMap<string, number>> {
  const rows = await context.store.db
    .selectFrom("sync_mark as mark")
    .innerJoin("account", "account.account_id", "mark.account_id")
    .select([
      "mark.account_id",
      "account.clock_ahead_millis",
      ({ fn }) => fn.min<number | null>("mark.last_success_at").as("last_at"),
    ])
    .where("mark.what", "=", "reports")
    .groupBy(["mark.account_id", "account.clock_ahead_millis"])
    .execute();
  // Marks are by the service's clock; the plan is by the machine's.
  return new Map(rows.map((row) => [row.account_id, (row.last_at ?? row.clock_ahead_millis) - row.clock_ahead_millis]));
}

async function queuedKeys(queue: JobQueue, kind: string): Promise<ReadonlySet<string>> {
  const rows = await queue.query<{ key: string }>(
    `select singleton_key as key from ${JOB_SCHEMA}.job where name = $1 and state in ('created', 'retry', 'active')`,
    [kind],
  );
  return new Set(rows.map((row) => row.key));
}

async function lastVerdicts(queue: JobQueue): Promise<ReadonlySet<string>> {
  const rows = await queue.query<{ key: string }>(
    `select distinct singleton_key as key from (
       select singleton_key, completed_on from ${JOB_SCHEMA}.job where name = 'reconcile' and state = 'completed'
       union all
       select singleton_key, completed_on from ${JOB_SCHEMA}.archive where name = 'reconcile' and state = 'completed'
     ) as done where completed_on > now() - $1 * interval '1 millisecond'`,
    [DAILY],
  );
  return new Set(rows.map((row) => row.key));
}

/**
 * Accounts with something to tell: events that nobody has numbered yet, whoever wrote them, and hooks that are behind and may be
 * told now. So nothing depends on the process that caused an event to live on until it has queued the telling.
 */
async function dueHooks(context: LedgerContext, hooks: readonly string[], now: number): Promise<ReadonlySet<string>> {
  if (hooks.length === 0) return new Set();
  const fresh = await context.store.db
    .selectFrom("outbox")
    .select("account_id")
    .distinct()
    // In the words of the index.
    .where(sql<boolean>`state = 'new'`)
    .execute();
  const behind = await context.store.db
    .selectFrom("hook")
    .innerJoin("outbox_sequence as numbers", "numbers.account_id", "hook.account_id")
    .select("hook.account_id")
    .distinct()
    .where("hook.name", "in", [...hooks])
    .where("hook.disabled_at", "is", null)
    .whereRef("hook.sequence", "<", "numbers.last")
    .where(({ eb, or }) => or([eb("hook.next_attempt_at", "is", null), mayBeTried("hook.next_attempt_at", now)]))
    .execute();
  return new Set([...fresh, ...behind].map((row) => row.account_id));
}

/**
 * Queues what is due: a look at the lists of every account whose last one is too long ago, and verdicts for accounts that
 * have had none for a day, and hooks that are behind and whose waiting time is over. What waits or runs already is not queued
 * again, and neither is what fails and will be retried.
 *
 * The looks spread by themselves: each comes so long after the last one of its account, which ended when it ended.
 */
export async function planJobs(
  context: LedgerContext,
  queue: JobQueue,
  accounts: readonly SyncAccount[],
  everyMillis: number,
  hooks: readonly string[] = [],
): Promise<{ readonly discover: number; readonly reconcile: number }> {
  const now = context.clock.now();
  const checks = await lastChecks(context);
  const looking = await queuedKeys(queue, "discover");
  const stale = accounts.filter(
    ({ accountId, paused }) =>
      paused !== true && !looking.has(accountId) && isDue(checks.get(accountId), now, everyMillis),
  );
  await queue.sendAll(
    "discover",
    stale.map(({ accountId }) => ({ accountId })),
  );
  const judged = await lastVerdicts(queue);
  const judging = await queuedKeys(queue, "reconcile");
  const unjudged = accounts.filter(
    ({ accountId }) => checks.has(accountId) && !judged.has(accountId) && !judging.has(accountId),
  );
  await queue.sendAll(
    "reconcile",
    unjudged.map(({ accountId }) => ({ accountId })),
  );
  const due = await dueHooks(context, hooks, now);
  await queue.sendAll(
    "notify",
    accounts.filter(({ accountId }) => due.has(accountId)).map(({ accountId }) => ({ accountId })),
  );
  return { discover: stale.length, reconcile: unjudged.length };
}

/** Names of what happens by the calendar beside the plan: exports that have a time of their own. */
export function calendarOf({ exports = {} }: Pick<WorkerOptions, "exports">): string[] {
  return Object.entries(exports).flatMap(([name, { cron }]) => (cron === undefined ? [] : [exportDue(name)]));
}

/** The name under which the calendar has an export. */
export function exportDue(name: string): string {
  return `export-${name}`;
}

/**
 * Makes the tables of the queue, for a database in which the workers' own role may not.
 *
 * @throws JobError `jobs.cannot-open`
 */
export async function prepareJobs(options: Pick<WorkerOptions, "databaseUrl" | "exports">): Promise<void> {
  const queue = await openJobQueue({ databaseUrl: options.databaseUrl, calendar: calendarOf(options) });
  await queue.close();
}
