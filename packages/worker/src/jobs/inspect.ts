import { JOB_SCHEMA } from "@amazon-pay-kit/ledger/store";
import { JobError } from "./errors.ts";
import { JOB_KINDS, type JobKind, type JobOrders } from "./kinds.ts";
import { DEAD_LETTERS, type JobQueue } from "./queue.ts";

/** Where a job stands. */
export type JobState = "waiting" | "retrying" | "running" | "done" | "failed" | "cancelled";

/** A job as a person sees it. */
export interface ListedJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly accountId: string;
  readonly order: Readonly<Record<string, string | number>>;
  readonly state: JobState;
  readonly tries: number;
  readonly createdAt: number;
  /** Not before; for jobs that wait. */
  readonly startAfter: number;
  readonly endedAt: number | null;
  /** Why it failed the last time. */
  readonly code: string | null;
  readonly message: string | null;
}

/** Which jobs to list. */
export interface JobFilter {
  readonly kind?: JobKind;
  readonly state?: JobState;
  readonly accountId?: string;
  /** Default 100. */
  readonly limit?: number;
}

/** A job that failed for good. */
export interface DeadJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly accountId: string;
  readonly order: Readonly<Record<string, string | number>>;
  readonly diedAt: number;
  readonly code: string;
  readonly message: string;
}

const STATES: Readonly<Record<string, JobState>> = {
  __proto__: null as never,
  created: "waiting",
  retry: "retrying",
  active: "running",
  completed: "done",
  failed: "failed",
  cancelled: "cancelled",
};

interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly data: Record<string, string | number>;
  readonly state: string;
  readonly tries: number;
  readonly created_on: Date;
  readonly start_after: Date;
  readonly completed_on: Date | null;
  readonly output: { code?: string; message?: string; kind?: JobKind } | null;
}

function listed(row: JobRow): ListedJob {
  return {
    id: row.id,
    kind: row.name as JobKind,
    accountId: String(row.data["accountId"] ?? ""),
    order: row.data,
    state: STATES[row.state] ?? "waiting",
    tries: row.tries,
    createdAt: row.created_on.getTime(),
    startAfter: row.start_after.getTime(),
    endedAt: row.completed_on?.getTime() ?? null,
    code: row.output?.code ?? null,
    message: row.output?.message ?? null,
  };
}

/** The jobs in the queue and those that ended lately, the newest first. */
export async function listJobs(queue: JobQueue, filter: JobFilter = {}): Promise<readonly ListedJob[]> {
  const state = Object.entries(STATES).find(([, name]) => name === filter.state)?.[0] ?? null;
  const rows = await queue.query<JobRow>(
    `select id, name, data, state::text as state, retry_count as tries, created_on, start_after, completed_on, output
     from ${JOB_SCHEMA}.job
     where name = any($1) and ($2::text is null or state::text = $2) and ($3::text is null or data->>'accountId' = $3)
     order by created_on desc, id limit $4`,
    [filter.kind === undefined ? JOB_KINDS : [filter.kind], state, filter.accountId ?? null, filter.limit ?? 100],
  );
  return rows.map(listed);
}

/** How many jobs there are, of what kinds and in which states. */
export async function jobCounts(queue: JobQueue): Promise<{
  readonly kinds: readonly { readonly kind: JobKind; readonly state: JobState; readonly count: number }[];
  readonly waiting: readonly { readonly kind: JobKind; readonly oldestSeconds: number }[];
  readonly dead: number;
}> {
  const rows = await queue.query<{ name: JobKind; state: string; count: number; oldest: number | null }>(
    `select name, state::text as state, count(*)::int as count,
       extract(epoch from now() - min(case when state < 'active' then greatest(created_on, start_after) end))::float8 as oldest
     from ${JOB_SCHEMA}.job where name = any($1) group by 1, 2`,
    [JOB_KINDS],
  );
  const [dead] = await queue.query<{ count: number }>(
    `select count(*)::int as count from ${JOB_SCHEMA}.job where name = $1 and state = 'created'`,
    [DEAD_LETTERS],
  );
  const count = (kind: JobKind, raw: string): number =>
    rows.find((row) => row.name === kind && row.state === raw)?.count ?? 0;
  return {
    // Every kind and state, so that a figure goes down to 0 instead of staying where it was.
    kinds: JOB_KINDS.flatMap((kind) =>
      ["created", "retry", "active"].map((raw) => ({ kind, state: STATES[raw] as JobState, count: count(kind, raw) })),
    ),
    waiting: JOB_KINDS.map((kind) => ({
      kind,
      oldestSeconds: Math.max(
        0,
        ...rows.filter((row) => row.name === kind && row.state !== "active").map((row) => row.oldest ?? 0),
      ),
    })),
    dead: dead?.count ?? 0,
  };
}

/** The jobs that failed for good, the newest first. */
export function deadJobs(queue: JobQueue, filter: Omit<JobFilter, "state"> = {}): Promise<readonly DeadJob[]> {
  return deadRows(queue, filter, "");
}

async function deadRows(queue: JobQueue, filter: Omit<JobFilter, "state">, id: string): Promise<readonly DeadJob[]> {
  const rows = await queue.query<JobRow>(
    `select id, name, data, state::text as state, retry_count as tries, created_on, start_after, completed_on, output
     from ${JOB_SCHEMA}.job where name = $1 and state = 'created'
       and ($2::text is null or output->>'kind' = $2) and ($3::text is null or data->>'accountId' = $3)
       and starts_with(id::text, $5)
     order by created_on desc, id limit $4`,
    [DEAD_LETTERS, filter.kind ?? null, filter.accountId ?? null, filter.limit ?? 100, id],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: kindOf(row),
    accountId: String(row.data["accountId"] ?? ""),
    order: row.data,
    diedAt: row.created_on.getTime(),
    code: row.output?.code ?? "jobs.expired",
    message: row.output?.message ?? "it ran longer than its kind may, or its worker vanished",
  }));
}

/** A job that died of its age has no output of ours; its order still tells the kind. */
function kindOf({ output, data }: JobRow): JobKind {
  if (output?.kind !== undefined) return output.kind;
  if ("fileId" in data) return "load";
  if ("reportId" in data) return "fetch";
  if ("export" in data) return "export";
  return "discover";
}

/** A dead job by the beginning of its id: two are enough to see that it is not the beginning of one alone. */
async function findDead(queue: JobQueue, id: string): Promise<DeadJob> {
  const found = await deadRows(queue, { limit: 2 }, id);
  const [job, ...others] = found;
  if (job !== undefined && others.length === 0) return job;
  const why = job === undefined ? "there is no dead job" : "several dead jobs begin with";
  throw new JobError("jobs.unknown", `${why} ${JSON.stringify(id)}: see apay jobs list --dead`);
}

async function forget(queue: JobQueue, jobs: readonly DeadJob[]): Promise<void> {
  await queue.query(`delete from ${JOB_SCHEMA}.job where name = $1 and id = any($2)`, [
    DEAD_LETTERS,
    jobs.map((job) => job.id),
  ]);
}

async function revive(queue: JobQueue, jobs: readonly DeadJob[]): Promise<void> {
  // In this order: a job that is there twice does no harm, one that is lost does.
  for (const kind of JOB_KINDS) {
    const some = jobs.filter((job) => job.kind === kind);
    await queue.sendAll(
      kind,
      some.map(({ order }) => order as unknown as JobOrders[JobKind]),
    );
  }
  await forget(queue, jobs);
}

/**
 * Puts a dead job back into the queue, with all its tries.
 *
 * @param id or its beginning
 * @throws JobError `jobs.unknown`
 */
export async function reviveJob(queue: JobQueue, id: string): Promise<DeadJob> {
  const job = await findDead(queue, id);
  await revive(queue, [job]);
  return job;
}

/** Forgets a dead job. @throws JobError `jobs.unknown` */
export async function discardJob(queue: JobQueue, id: string): Promise<DeadJob> {
  const job = await findDead(queue, id);
  await forget(queue, [job]);
  return job;
}

/** Dead jobs that are taken up together. */
const TOGETHER = 1000;

type DeadFilter = Pick<JobFilter, "kind" | "accountId">;

async function inBatches(
  queue: JobQueue,
  filter: DeadFilter,
  act: (queue: JobQueue, jobs: readonly DeadJob[]) => Promise<void>,
): Promise<readonly DeadJob[]> {
  const done: DeadJob[] = [];
  for (;;) {
    const jobs = await deadJobs(queue, { ...filter, limit: TOGETHER });
    if (jobs.length === 0) return done;
    await act(queue, jobs);
    done.push(...jobs);
  }
}

/**
 * Puts every dead job back into the queue, with all its tries: some statements a thousand, however many there are.
 *
 * @param filter of one kind or account. Default: all
 * @returns the jobs that were put back
 */
export function reviveJobs(queue: JobQueue, filter: DeadFilter = {}): Promise<readonly DeadJob[]> {
  return inBatches(queue, filter, revive);
}

/** Forgets every dead job, or those of one kind or account. */
export function discardJobs(queue: JobQueue, filter: DeadFilter = {}): Promise<readonly DeadJob[]> {
  return inBatches(queue, filter, forget);
}
