import { hostname } from "node:os";
import { MINUTE } from "@amazon-pay-kit/money";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { hex } from "@amazon-pay-kit/sdk/random";
import type { LedgerContext } from "@amazon-pay-kit/ledger";
import { JobDeferred, JobError } from "./errors.ts";
import { type JobKind } from "./kinds.ts";
import { ArchiveBreaker } from "./archive-breaker.ts";
import { countJobs } from "./job-metrics.ts";
import { type JobEvent, type WorkerOptions, type WorkerSettings, workerSettings } from "./options.ts";
import { calendarOf, exportDue, planJobs } from "./plan.ts";
import { forgetAccounts, forgetHealed } from "./dead-letters.ts";
import { databaseClock } from "./database-clock.ts";
import { claimAbandoned, leave, showPresence } from "./presence.ts";
import { type JobQueue, openJobQueue, PLAN, type TakenJob } from "./queue.ts";
import { queueMetrics } from "./queue-metrics.ts";
import { rateGate } from "./rate-gate.ts";
import { ratedSource } from "./rated-source.ts";
import { RATES } from "./rates.ts";
import { HANDLERS } from "./handlers/index.ts";
import type { JobContext } from "./handlers/job.ts";
import { WorkerAccounts } from "./worker-accounts.ts";

/** Clock skew that is logged as a warning. */
const CLOCK_TOLERATED = MINUTE;

/** Kinds of jobs that wait while the archive is away. */
const NEED_ARCHIVE: ReadonlySet<JobKind> = new Set(["fetch", "load"]);

/** How often healed dead jobs are forgotten. */
const TIDY_MILLIS = MINUTE;

/** One process that works jobs off. */
class Worker {
  readonly #context: LedgerContext;
  readonly #options: WorkerOptions;
  readonly #settings: WorkerSettings;
  readonly #queue: JobQueue;
  readonly #accounts: WorkerAccounts;
  #away = false;
  readonly #id: string;
  /** Stops the jobs in hand when they may not go on. */
  readonly #stop = new AbortController();
  readonly #running = new Map<string, { readonly job: TakenJob; readonly ended: Promise<void> }>();
  #turn = 0;
  #clockWrong = false;
  readonly #breaker: ArchiveBreaker;
  #lastRound = 0;
  readonly #adjustClock: () => Promise<number>;

  constructor(given: LedgerContext, options: WorkerOptions, settings: WorkerSettings, queue: JobQueue) {
    const { store, archive, random, logger } = given;
    const clock = databaseClock(given.clock, queue.query);
    // An injected clock is used unchanged.
    const mine = given.clock === systemClock ? { store, archive, random, logger, clock } : given;
    this.#breaker = new ArchiveBreaker(
      mine.clock,
      {
        onAway: (error) =>
          logger.error?.("the archive is away: what needs it waits", { code: "archive.unreachable", error }),
        onBack: () => logger.info?.("the archive is back", {}),
      },
      settings.archivePauseMillis,
    );
    const context = { ...mine, archive: this.#breaker.watch(mine.archive) };
    this.#adjustClock = given.clock === systemClock ? () => clock.adjust() : () => Promise.resolve(0);
    this.#context = context;
    this.#options = options;
    this.#settings = settings;
    this.#queue = queue;
    this.#id = hex(context.random, 8);
    const gate = rateGate(context.store.db, context.clock);
    this.#accounts = new WorkerAccounts(context, options.accounts, (account) => {
      const environment = account.environment === "sandbox" ? "sandbox" : "live";
      const sources = account.sources.map((source) => {
        const rates = options.rates?.[source.name] ?? RATES[source.name][environment];
        return ratedSource(source, { accountId: account.accountId, rates, gate });
      });
      return { ...account, sources };
    });
  }

  /** Works until the signal comes, then lets the jobs in hand end. */
  async work(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#context;
    const { pollMillis } = this.#settings;
    await this.#mindTheClock();
    await this.#schedule();
    await this.#accounts.check();
    const presence = this.#showPresence();
    const tidying = this.#tidyUp();
    logger.info?.("worker started", { worker: this.#id, accounts: this.#accounts.size });
    try {
      await this.#plan();
      while (!signal.aborted) {
        this.#lastRound = clock.now();
        this.#options.onRound?.({ at: this.#lastRound, archiveAway: this.#breaker.isAway });
        const taken = await this.#oneRound();
        if (taken > 0 && this.#free > 0) continue;
        const idle = new AbortController();
        const wake = AbortSignal.any([signal, idle.signal]);
        await Promise.race([
          clock.sleep(pollMillis, wake).catch(() => {}),
          ...[...this.#running.values()].map(({ ended }) => ended),
        ]);
        idle.abort();
      }
    } finally {
      await this.#drain();
      this.#stop.abort(new JobError("jobs.cannot-open", "the worker has ended"));
      await Promise.all([presence, tidying]);
      await leave(this.#queue.query, this.#id).catch(() => {});
      logger.info?.("worker ended", { worker: this.#id });
    }
  }

  /** Takes what fits, and does what is due. A database that is away is waited for: its return needs nobody. */
  async #oneRound(): Promise<number> {
    const { logger } = this.#context;
    try {
      const taken = await this.#takeWhatFits();
      await this.#happenByCalendar();
      await this.#followAccounts();
      if (this.#away) logger.info?.("work goes on", { worker: this.#id });
      this.#away = false;
      return taken;
    } catch (error) {
      if (!this.#away) logger.error?.("no work can be taken: it is tried again", { error: String(error) });
      this.#away = true;
      return 0;
    }
  }

  async #followAccounts(): Promise<void> {
    const { added, removed } = await this.#accounts.checkAgain();
    if (removed.length > 0) await forgetAccounts(this.#queue.query, removed);
    if (added.length > 0) await this.#plan();
  }

  /** Jobs at work that read or write the archive. */
  get #needingArchive(): number {
    return [...this.#running.values()].filter(({ job }) => NEED_ARCHIVE.has(job.kind)).length;
  }

  get #free(): number {
    return this.#settings.concurrency - this.#running.size;
  }

  /** Asks the kinds in turn, beginning with another one every time, so that a full queue of one kind does not hide the rest. */
  async #takeWhatFits(): Promise<number> {
    const { kinds } = this.#settings;
    let taken = 0;
    for (let step = 0; step < kinds.length && this.#free > 0; step += 1) {
      const kind = kinds[(this.#turn + step) % kinds.length] as JobKind;
      const share = Math.max(1, Math.ceil(this.#free / (kinds.length - step)));
      const most = NEED_ARCHIVE.has(kind) ? this.#breaker.allowed(share, this.#needingArchive) : share;
      if (most === 0) continue;
      for (const job of await this.#queue.take(kind, most)) {
        this.#running.set(job.id, { job, ended: this.#execute(job).finally(() => this.#running.delete(job.id)) });
        taken += 1;
      }
    }
    this.#turn += 1;
    return taken;
  }

  async #execute(job: TakenJob): Promise<void> {
    const { clock, logger } = this.#context;
    const started = clock.now();
    const ended = (outcome: JobEvent["outcome"], reason?: string): void => {
      const event: JobEvent = {
        job,
        outcome,
        seconds: (clock.now() - started) / 1000,
        ...(reason === undefined ? {} : { reason }),
      };
      logger.debug?.(`job ${outcome}`, { kind: job.kind, ...job.order, outcome, reason });
      this.#options.onJob?.(event);
    };
    try {
      const output = await this.#perform(job);
      await this.#queue.done(job, output);
      ended("done");
    } catch (error) {
      // A database that is gone takes the job's end with it: the job is given to somebody else when this worker is taken for dead.
      await this.#notDone(job, error, ended).catch((cause: unknown) => {
        logger.error?.("a job's end could not be written down", { kind: job.kind, id: job.id, error: String(cause) });
      });
    }
  }

  async #notDone(
    job: TakenJob,
    error: unknown,
    ended: (outcome: JobEvent["outcome"], reason?: string) => void,
  ): Promise<void> {
    if (error instanceof JobDeferred || this.#stop.signal.aborted) {
      const seconds = error instanceof JobDeferred ? error.seconds : 0;
      await this.#queue.putOff(job, seconds);
      ended("put-off", error instanceof Error ? error.message : undefined);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : "jobs.failed";
    await this.#queue.failed(job, { code, message });
    ended(job.lastTry ? "dead" : "failed", message);
    const log = job.lastTry ? this.#context.logger.error : this.#context.logger.warn;
    log?.(job.lastTry ? "a job is dead: see apay jobs list --dead" : "a job failed and is tried again", {
      kind: job.kind,
      ...job.order,
      code,
      error: message,
    });
  }

  #perform(job: TakenJob): Promise<object> {
    const account = this.#accounts.get(job.order.accountId);
    if (account === undefined) {
      throw new JobError(
        "jobs.not-mine",
        `account ${job.order.accountId} is not in this worker's configuration: give all workers the same`,
      );
    }
    const context: JobContext = {
      context: this.#context,
      queue: this.#queue,
      settings: this.#settings.sync,
      shards: this.#settings.shards,
      gatherSeconds: this.#settings.gatherSeconds,
      account,
      reconcile: this.#options.reconcile ?? {},
      exports: this.#options.exports ?? {},
      hooks: this.#options.hooks ?? [],
      lastTry: job.lastTry,
      tell: this.#options.onEvent ?? (() => {}),
      signal: this.#stop.signal,
    };
    return HANDLERS[job.kind](context, job.order as never);
  }

  async #schedule(): Promise<void> {
    await this.#queue.schedule(PLAN, "* * * * *");
    for (const [name, { cron }] of Object.entries(this.#options.exports ?? {}))
      if (cron !== undefined) await this.#queue.schedule(exportDue(name), cron);
  }

  async #happenByCalendar(): Promise<void> {
    if (await this.#queue.due(PLAN)) await this.#plan();
    for (const [name, { cron }] of Object.entries(this.#options.exports ?? {})) {
      if (cron === undefined || !(await this.#queue.due(exportDue(name)))) continue;
      const orders = this.#accounts.all().map(({ accountId }) => ({ accountId, export: name }));
      await this.#queue.sendAll("export", orders);
    }
  }

  async #plan(): Promise<void> {
    const hooks = (this.#options.hooks ?? []).map(({ name }) => name);
    await planJobs(this.#context, this.#queue, this.#accounts.all(), this.#settings.everyMillis, hooks);
  }

  /** Shows signs of life as long as the worker lives, and looks for others that show none. */
  async #showPresence(): Promise<void> {
    const { clock, logger } = this.#context;
    const { deadAfterMillis } = this.#settings;
    while (!this.#stop.signal.aborted) {
      try {
        const jobs = [...this.#running.values()].map(({ job }) => ({ kind: job.kind, id: job.id }));
        await showPresence(this.#queue.query, { workerId: this.#id, host: hostname(), jobs });
        await this.#takeOver(deadAfterMillis);
        await this.#mindTheClock();
      } catch (error) {
        if (!this.#stop.signal.aborted) logger.warn?.("no sign of life could be given", { error: String(error) });
      }
      await clock.sleep(deadAfterMillis / 3, this.#stop.signal).catch(() => {});
    }
  }

  /** Forgets healed dead jobs, a bounded number at a time. Apart from the rounds: it may never keep jobs from being taken. */
  async #tidyUp(): Promise<void> {
    const { clock, logger } = this.#context;
    while (!this.#stop.signal.aborted) {
      await clock.sleep(TIDY_MILLIS, this.#stop.signal).catch(() => {});
      if (this.#stop.signal.aborted) return;
      await forgetHealed(this.#queue.query).catch((error: unknown) => {
        logger.warn?.("dead jobs could not be looked through", { error: String(error) });
      });
    }
  }

  /** Puts the clock right, and says once that the host's is wrong. */
  async #mindTheClock(): Promise<void> {
    const ahead = await this.#adjustClock();
    const wrong = Math.abs(ahead) > CLOCK_TOLERATED;
    if (wrong && !this.#clockWrong)
      this.#context.logger.warn?.("this host's clock is wrong: it goes by the database's", {
        aheadSeconds: Math.round(ahead / 1000),
      });
    this.#clockWrong = wrong;
  }

  async #takeOver(deadAfterMillis: number): Promise<void> {
    for (const { kind, id } of await claimAbandoned(this.#queue.query, deadAfterMillis)) {
      const lost = { id, kind: kind as JobKind } as TakenJob;
      await this.#queue.failed(lost, { code: "jobs.worker-died", message: "the worker showed no sign of life" });
      this.#context.logger.warn?.("a job of a dead worker goes to another", { kind, id });
    }
  }

  async #drain(): Promise<void> {
    const { clock, logger } = this.#context;
    const { drainMillis } = this.#settings;
    const all = Promise.all([...this.#running.values()].map(({ ended }) => ended));
    if (this.#running.size > 0) logger.info?.("worker drains", { jobs: this.#running.size });
    const enough = new AbortController();
    await Promise.race([all, clock.sleep(drainMillis, enough.signal).catch(() => {})]);
    enough.abort();
    this.#stop.abort(new JobError("jobs.cannot-open", "the worker ends: the job is put back"));
    await all;
  }
}

/**
 * Runs jobs until the signal aborts: lists reports, downloads, loads, reconciles, exports. Any number of workers, on any
 * hosts, share the work; each may be killed at any moment, and another takes over its jobs.
 *
 * @throws JobError `jobs.needs-postgres`, `jobs.bad-option`, `jobs.cannot-open`; what the store throws when it is gone
 *
 * @example
 * const stop = new AbortController();
 * process.on("SIGTERM", () => stop.abort());
 * await runWorker(ledger, { databaseUrl, accounts, signal: stop.signal });
 */
export async function runWorker(context: LedgerContext, options: WorkerOptions): Promise<void> {
  const settings = workerSettings(context, options);
  const { databaseUrl, metrics } = options;
  const onError = (error: Error): void => context.logger.warn?.("trouble with the job queue", { error: error.message });
  const queue = await openJobQueue({ databaseUrl, supervise: true, calendar: calendarOf(options), onError });
  try {
    if (metrics !== undefined) {
      const { store, clock } = context;
      queueMetrics(metrics, queue, { store, clock, hooks: (options.hooks ?? []).map(({ name }) => name) });
    }
    const observed = metrics === undefined ? options : countJobs(metrics, options);
    await new Worker(context, observed, settings, queue).work(options.signal ?? new AbortController().signal);
  } finally {
    await queue.close();
  }
}
