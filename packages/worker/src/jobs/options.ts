import { ARCHIVE_PAUSE } from "./archive-breaker.ts";
import { MINUTE } from "@amazon-pay-kit/money";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { checkHooks, type Hook } from "../hooks/hook.ts";
import type { Metrics } from "../metrics/index.ts";
import type { ReconcileSettings } from "@amazon-pay-kit/ledger/reconcile";
import type { SyncListener } from "@amazon-pay-kit/ledger/ingest";
import { type SyncAccount, type SyncOptions, type SyncSettings, syncSettings } from "@amazon-pay-kit/ledger/ingest";
import { JobError } from "./errors.ts";
import { JOB_KINDS, type JobKind } from "./kinds.ts";
import { DEAD_AFTER } from "./presence.ts";
import type { Rates } from "./rates.ts";
import type { TakenJob } from "./queue.ts";
import type { JobExport } from "./handlers/job.ts";

/** Result of a job. */
export interface JobEvent {
  readonly job: TakenJob;
  readonly outcome: "done" | "put-off" | "failed" | "dead";
  readonly seconds: number;
  /** Why it failed or was put off. */
  readonly reason?: string;
}

/** A worker's look for work. */
export interface WorkerRound {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether the archive cannot be used at present, so that downloads and loading wait. */
  readonly archiveAway: boolean;
}

/** How a worker works. */
export interface WorkerOptions extends Pick<
  SyncOptions,
  | "backfillDays"
  | "overlapDays"
  | "warnAtDays"
  | "personalData"
  | "encoding"
  | "errorLimit"
  | "disbursements"
  | "leaseMillis"
> {
  /** The ledger's own database, where the queue is kept too: `postgres://…`. */
  readonly databaseUrl: string;
  /**
   * All accounts that may come up in jobs, the same for all workers. A function is asked anew every minute, so that accounts
   * may come and go and have other keys without a restart; it gives an account as the same object as long as it is the same.
   */
  readonly accounts: readonly SyncAccount[] | (() => readonly SyncAccount[] | Promise<readonly SyncAccount[]>);
  /** Jobs at once. Default 8. */
  readonly concurrency?: number;
  /** Reports of one source of one account that are fetched at once, over all workers. Default 4. The same for all workers. */
  readonly shards?: number;
  /** Minutes between checks of an account. Default 60. */
  readonly everyMinutes?: number;
  /** Only these kinds of jobs. Default: all. */
  readonly kinds?: readonly JobKind[];
  /** How often the service may be called, where it is not as published; by source. */
  readonly rates?: Readonly<Partial<Record<string, Rates>>>;
  readonly reconcile?: ReconcileSettings;
  /** By name. */
  readonly exports?: Readonly<Record<string, JobExport>>;
  /** Hooks to call for new reports and alerts. The same for all workers. */
  readonly hooks?: readonly Hook[];
  /** Seconds after a file was loaded until its account is reconciled: the next files are likely on their way. Default 15. */
  readonly gatherSeconds?: number;
  /** How long jobs may go on after the signal, in milliseconds; then they are stopped and put back. Default 30,000. */
  readonly drainMillis?: number;
  /** Pause before the archive is tried again after it failed, doubled up to thirty times as long. Default 10,000. */
  readonly archivePauseMillis?: number;
  /** How often an empty queue is polled, in milliseconds. Default 1000. */
  readonly pollMillis?: number;
  /** After how many milliseconds without a heartbeat other workers take over a worker's jobs. Default 45,000. */
  readonly deadAfterMillis?: number;
  readonly metrics?: Metrics;
  readonly onEvent?: SyncListener;
  readonly onJob?: (event: JobEvent) => void;
  /** Is told when the worker looks for work: as long as that goes on, its loop is alive. */
  readonly onRound?: (round: WorkerRound) => void;
  /** Ends the worker: it takes nothing more, and returns when its jobs are done. */
  readonly signal?: AbortSignal;
}

/** The options, checked and filled up. */
export interface WorkerSettings {
  readonly concurrency: number;
  readonly shards: number;
  readonly everyMillis: number;
  readonly kinds: readonly JobKind[];
  readonly gatherSeconds: number;
  readonly drainMillis: number;
  readonly archivePauseMillis: number;
  readonly pollMillis: number;
  readonly deadAfterMillis: number;
  readonly sync: SyncSettings;
}

function number(name: string, value: number | undefined, fallback: number, least: number): number {
  const given = value ?? fallback;
  if (Number.isFinite(given) && given >= least) return given;
  throw new JobError("jobs.bad-option", `${name} is ${given}: expected a number from ${least} on`);
}

/** @throws JobError `jobs.bad-option`, `jobs.needs-postgres`; SyncError `sync.bad-option`; HookError */
export function workerSettings(context: LedgerContext, options: WorkerOptions): WorkerSettings {
  if (context.store.dialect !== "postgres") {
    throw new JobError(
      "jobs.needs-postgres",
      "workers share their work in PostgreSQL, and this ledger is in SQLite: set DATABASE_URL, or use apay sync --watch",
    );
  }
  checkHooks(options.hooks ?? []);
  const kinds = options.kinds ?? JOB_KINDS;
  const strange = kinds.find((kind) => !JOB_KINDS.includes(kind));
  if (strange !== undefined || kinds.length === 0) {
    throw new JobError(
      "jobs.bad-option",
      `kinds is ${kinds.join(", ") || "empty"}: choose from ${JOB_KINDS.join(", ")}`,
    );
  }
  const deadAfterMillis = number("deadAfterMillis", options.deadAfterMillis, DEAD_AFTER, 100);
  return {
    concurrency: Math.floor(number("concurrency", options.concurrency, 8, 1)),
    shards: Math.floor(number("shards", options.shards, 4, 1)),
    everyMillis: number("everyMinutes", options.everyMinutes, 60, 1) * MINUTE,
    kinds,
    gatherSeconds: Math.ceil(number("gatherSeconds", options.gatherSeconds, 15, 0)),
    drainMillis: number("drainMillis", options.drainMillis, 30_000, 0),
    archivePauseMillis: number("archivePauseMillis", options.archivePauseMillis, ARCHIVE_PAUSE, 10),
    pollMillis: number("pollMillis", options.pollMillis, 1000, 10),
    deadAfterMillis,
    // Anyone who takes over a dead worker's job must not wait for its right to the account as well.
    sync: syncSettings({
      leaseMillis: deadAfterMillis,
      ...options,
      accounts: typeof options.accounts === "function" ? [] : options.accounts,
    }),
  };
}
