import { accountsIn } from "@amazon-pay-kit/ledger";
import { serviceClock } from "@amazon-pay-kit/ledger";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import type { Hook } from "../../hooks/hook.ts";
import { LeaseError } from "@amazon-pay-kit/ledger/leases";
import { withLease } from "@amazon-pay-kit/ledger/leases";
import type { ReconcileSettings } from "@amazon-pay-kit/ledger/reconcile";
import type { SyncEvent, SyncListener } from "@amazon-pay-kit/ledger/ingest";
import { Limiter } from "@amazon-pay-kit/ledger/ingest";
import type { SyncAccount, SyncSettings } from "@amazon-pay-kit/ledger/ingest";
import type { SourceRun } from "@amazon-pay-kit/ledger/ingest";
import { JobDeferred, JobError } from "../errors.ts";
import type { JobQueue } from "../queue.ts";

/** An export that workers run. */
export interface JobExport {
  /** When, for all accounts, as crontab writes it, in UTC. Left out: only when somebody queues it. */
  readonly cron?: string;
  /** Must be safe to run twice. Its result is stored with the job. */
  run(order: { readonly accountId: string; readonly signal: AbortSignal }): Promise<object | void>;
}

/** What a job works with. */
export interface JobContext {
  readonly context: LedgerContext;
  readonly queue: JobQueue;
  readonly settings: SyncSettings;
  /** Reports of one source of an account that are fetched at once. */
  readonly shards: number;
  /** Seconds until what was loaded is reconciled. */
  readonly gatherSeconds: number;
  /** Its sources go through the gate that all workers share. */
  readonly account: SyncAccount;
  readonly reconcile: ReconcileSettings;
  readonly exports: Readonly<Record<string, JobExport>>;
  /** Hooks to call for new reports and alerts. */
  readonly hooks: readonly Hook[];
  /** Whether the job is dead when it fails now. */
  readonly lastTry: boolean;
  readonly tell: SyncListener;
  readonly signal: AbortSignal;
}

/** One source of the job's account, as the steps of a sync want it. @throws JobError `jobs.not-mine` */
export async function sourceRun(job: JobContext, name: string, signal = job.signal): Promise<SourceRun> {
  const { context, account: wanted, settings, tell } = job;
  const source = wanted.sources.find((one) => one.name === name);
  if (source === undefined) {
    throw new JobError(
      "jobs.not-mine",
      `account ${wanted.accountId} has no source ${name} here: give all workers the same configuration`,
    );
  }
  const account = await accountsIn(context.store, context.clock).add(wanted);
  const { accountId } = account;
  return {
    context,
    account,
    source,
    service: await serviceClock(context, accountId),
    settings: {
      ...settings,
      personalData: wanted.personalData ?? settings.personalData,
      encoding: wanted.encoding ?? settings.encoding,
    },
    downloads: new Limiter(1),
    signal,
    tell: (event) => tell({ ...event, accountId, source: source.name } as SyncEvent),
  };
}

/** Does what only one may do at a time; when somebody is at it, the job is put off. @throws JobDeferred */
export async function alone<T>(
  job: JobContext,
  name: string,
  putOffSeconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { context, account, settings, signal } = job;
  const lease = { accountId: account.accountId, name, millis: settings.leaseMillis, signal };
  try {
    return await withLease(context, lease, (held) => work(held.signal));
  } catch (error) {
    if (error instanceof LeaseError && error.code === "lease.held") throw new JobDeferred(putOffSeconds, error.message);
    throw error;
  }
}
