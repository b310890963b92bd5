import type PgBoss from "pg-boss";
import { connect, CONNECTION, JOB_SCHEMA } from "@amazon-pay-kit/ledger/store";
import { JobError } from "./errors.ts";
import { JOB_KEYS, JOB_KINDS, type JobKind, type JobOrders, JOB_KIND_DEFS } from "./kinds.ts";
import { knowsNextJobIndex, prepareNextJobIndex } from "./next-job-index.ts";
import { knowsPresence, preparePresence } from "./presence.ts";

/** Where jobs go that have failed for good. */
export const DEAD_LETTERS = "dead";
/** What happens every minute: queueing what is due. */
export const PLAN = "plan";

/**
 * pg-boss's own: through it the calendar puts what is due into the queues. It makes it when a worker starts, passes over it
 * in silence when the worker's role may not, and then nothing is ever due.
 */
const CALENDAR_OF_THE_LIBRARY = "__pgboss__send-it";

/** The queue into which the calendar puts what is due. */
function dueQueue(name: string): string {
  return `due-${name}`;
}

/** A job that was taken from the queue. */
export interface TakenJob<Kind extends JobKind = JobKind> {
  readonly id: string;
  readonly kind: Kind;
  readonly order: JobOrders[Kind];
  /** Tries before this one. */
  readonly tries: number;
  /** Whether this is the last try before it is dead. */
  readonly lastTry: boolean;
}

/** The queue of a ledger's jobs. */
export interface JobQueue {
  /** Speaks SQL on the queue's own connections. */
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /**
   * Queues a job, at the end.
   *
   * @returns whether it was: one that is the same and still waits is enough
   */
  send<Kind extends JobKind>(kind: Kind, order: JobOrders[Kind], afterSeconds?: number): Promise<boolean>;
  /** Queues many at once. */
  sendAll<Kind extends JobKind>(kind: Kind, orders: readonly JobOrders[Kind][]): Promise<void>;
  /** Takes jobs whose time has come, first come first served, at most this many. */
  take<Kind extends JobKind>(kind: Kind, most: number): Promise<TakenJob<Kind>[]>;
  done(job: TakenJob, output?: object): Promise<void>;
  /** The job is tried again later, or dead after its last try. */
  failed(job: TakenJob, error: { readonly code: string; readonly message: string }): Promise<void>;
  /** The job goes back to the end of the queue, as if it had not been taken. */
  putOff(job: TakenJob, seconds: number): Promise<void>;
  /** Lets something happen by the calendar, once for all workers: a name that {@link due} asks for. */
  schedule(name: string, cron: string): Promise<void>;
  /** Whether a scheduled thing is due; asking takes it. */
  due(name: string): Promise<boolean>;
  close(): Promise<void>;
}

/** How to open the queue. */
export interface JobQueueOptions {
  /** `postgres://…`, the ledger's own. */
  readonly databaseUrl: string;
  /** Connections at most. Default 4. */
  readonly maxConnections?: number;
  /** Look after the queue: expire, archive, keep the calendar. Only workers do. Default `false`. */
  readonly supervise?: boolean;
  /** Names of what happens by the calendar, for {@link JobQueue.schedule}. */
  readonly calendar?: readonly string[];
  readonly onError?: (error: Error) => void;
}

async function bossOf(options: JobQueueOptions): Promise<PgBoss> {
  const { default: Boss } = await import("pg-boss");
  const { databaseUrl, maxConnections = 4, supervise = false, onError = () => {} } = options;
  const boss = new Boss({
    ...CONNECTION,
    connectionString: databaseUrl,
    schema: JOB_SCHEMA,
    application_name: "apay jobs",
    max: maxConnections,
    supervise,
    schedule: supervise,
    maintenanceIntervalSeconds: 30,
    cronMonitorIntervalSeconds: 15,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterDays: 3,
  });
  // Without a listener an error of the background work would end the process.
  boss.on("error", onError);
  try {
    await boss.start();
    await prepareQueues(boss, databaseUrl, options.calendar ?? []);
  } catch (cause) {
    await boss.stop({ graceful: false }).catch(() => {});
    const { host, pathname } = new URL(databaseUrl);
    const { message, code } = cause as Error & { readonly code?: string };
    const remedy =
      code === "42501"
        ? ": let the tables' owner run apay worker --prepare, first and after each update or new export"
        : "";
    throw new JobError(
      "jobs.cannot-open",
      `the job queue on ${host}${pathname} cannot be opened: ${message}${remedy}`,
      { cause },
    );
  }
  return boss;
}

/** One at a time: each new queue is a partition, and two that make the same partition can end in a deadlock. */
async function inTurn(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const pool = connect(databaseUrl, { max: 1 });
  try {
    const client = await pool.connect();
    try {
      // The transaction's lock, not the session's: behind a pooler the session lives on when this connection is closed.
      await client.query("begin");
      await client.query(`set local lock_timeout = '60s'`);
      await client.query(`select pg_advisory_xact_lock(hashtext('apay jobs'))`);
      await work();
      await client.query("commit");
    } finally {
      // Not given back: what broke off within its transaction must not be used by others.
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

/** SQL on the connections of the queue. */
function queryOf(boss: PgBoss): JobQueue["query"] {
  const db = (boss as unknown as { getDb(): PgBoss.Db }).getDb();
  return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await db.executeSql(text, [...values])).rows as Row[];
}

async function prepareQueues(boss: PgBoss, databaseUrl: string, calendar: readonly string[]): Promise<void> {
  const known = new Set((await boss.getQueues()).map((queue) => queue.name));
  const wanted = [CALENDAR_OF_THE_LIBRARY, DEAD_LETTERS, ...JOB_KINDS, ...[PLAN, ...calendar].map(dueQueue)];
  const query = queryOf(boss);
  const complete = wanted.every((name) => known.has(name));
  if (complete && (await knowsPresence(query)) && (await knowsNextJobIndex(query))) return;
  await inTurn(databaseUrl, async () => {
    await makeQueues(boss, calendar);
    await preparePresence(query);
    await prepareNextJobIndex(query);
  });
}

async function makeQueues(boss: PgBoss, calendar: readonly string[]): Promise<void> {
  const known = new Set((await boss.getQueues()).map((queue) => queue.name));
  if (!known.has(CALENDAR_OF_THE_LIBRARY)) await boss.createQueue(CALENDAR_OF_THE_LIBRARY);
  if (!known.has(DEAD_LETTERS))
    await boss.createQueue(DEAD_LETTERS, { name: DEAD_LETTERS, retentionMinutes: 60 * 24 * 90 });
  for (const name of [PLAN, ...calendar].map(dueQueue))
    if (!known.has(name)) await boss.createQueue(name, { name, policy: "short" });
  for (const kind of JOB_KINDS) {
    if (known.has(kind)) continue;
    const { retries, retryAfter, longest } = JOB_KIND_DEFS[kind];
    await boss.createQueue(kind, {
      name: kind,
      // "Short": of jobs with the same key only one waits.
      policy: "short",
      retryLimit: retries,
      retryDelay: retryAfter,
      retryBackoff: true,
      expireInSeconds: longest,
      deadLetter: DEAD_LETTERS,
    });
  }
}

/**
 * Opens the queue of a ledger on PostgreSQL, and makes its tables when they are missing. Safe from many places at once.
 *
 * @throws JobError `jobs.cannot-open`
 */
export async function openJobQueue(options: JobQueueOptions): Promise<JobQueue> {
  const boss = await bossOf(options);
  const query = queryOf(boss);
  const scheduled = new Set<string>();
  return {
    query,
    async send(kind, order, afterSeconds = 0) {
      const singletonKey = JOB_KEYS[kind](order as never);
      const later = afterSeconds > 0 ? { startAfter: afterSeconds } : {};
      return (await boss.send(kind, order, { singletonKey, ...later })) !== null;
    },
    async sendAll(kind, orders) {
      for (let at = 0; at < orders.length; at += 1000) {
        await boss.insert(
          orders
            .slice(at, at + 1000)
            .map((order) => ({ name: kind, data: order, singletonKey: JOB_KEYS[kind](order as never) })),
        );
      }
    },
    async take<Kind extends JobKind>(kind: Kind, most: number) {
      const jobs = await boss.fetch<JobOrders[Kind]>(kind, { batchSize: most, includeMetadata: true });
      return jobs.map((job) => ({
        id: job.id,
        kind,
        order: job.data,
        tries: job.retryCount,
        lastTry: job.retryCount >= job.retryLimit,
      }));
    },
    async done(job, output = {}) {
      await boss.complete(job.kind, job.id, output);
    },
    async failed(job, error) {
      // The dead letter has the order and the output alone: it must say itself what kind of job it was.
      await boss.fail(job.kind, job.id, { kind: job.kind, ...error });
    },
    async putOff(job, seconds) {
      // Not by sending it anew: that would forget how often it has failed. The state is "retry" because of a "created" job
      // with the same key there may be one already; without its start the next taking does not count as a further try.
      await query(
        `update ${JOB_SCHEMA}.job set state = 'retry', started_on = null, created_on = now(),
           start_after = now() + $3 * interval '1 second'
         where name = $1 and id = $2 and state = 'active'`,
        [job.kind, job.id, seconds],
      );
    },
    async schedule(name, cron) {
      await boss.schedule(dueQueue(name), cron, {}, { singletonKey: name });
      scheduled.add(name);
    },
    async due(name) {
      if (!scheduled.has(name)) return false;
      const jobs = await boss.fetch(dueQueue(name), { batchSize: 1 });
      for (const job of jobs) await boss.complete(dueQueue(name), job.id);
      return jobs.length > 0;
    },
    close: () => boss.stop({ graceful: false, wait: true }),
  };
}
