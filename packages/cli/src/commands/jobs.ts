import { formatInstant } from "@amazon-pay-kit/ledger";
import {
  deadJobs,
  discardJob,
  discardJobs,
  JOB_KINDS,
  jobCounts,
  listJobs,
  presentWorkers,
  reviveJob,
  reviveJobs,
  type DeadJob,
  type JobKind,
  type JobState,
  type ListedJob,
} from "@amazon-pay-kit/worker";
import { CliError, EXIT } from "../errors.ts";
import { argument, flag, text, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { withQueue } from "../workers/job-database.ts";
import { wholeOf } from "../options/whole.ts";
import type { Column } from "../terminal/table.ts";

/** What a job is about, beside its account. */
function about(order: Readonly<Record<string, string | number>>): string {
  const { reportId, fileId, export: name } = order;
  if (fileId !== undefined) return `file ${fileId} of report ${reportId}`;
  if (reportId !== undefined) return `report ${reportId}`;
  return name === undefined ? "" : `export ${name}`;
}

const reason = (job: { readonly code: string | null; readonly message: string | null }): string =>
  job.code === null ? "" : `${job.code}: ${job.message ?? ""}`;

const jobColumns: readonly Column<ListedJob>[] = [
  { title: "id", value: (job) => job.id.slice(0, 8) },
  { title: "kind", value: (job) => job.kind },
  { title: "account", value: (job) => job.accountId },
  { title: "about", value: (job) => about(job.order), wraps: true },
  {
    title: "state",
    value: (job) => job.state,
    paint: (job, cell, paint) => (job.state === "failed" ? paint("red", cell) : cell),
  },
  { title: "tries", align: "right", value: (job) => String(job.tries), spare: 1 },
  { title: "queued", value: (job) => formatInstant(job.createdAt), spare: 2 },
  { title: "last trouble", value: reason, wraps: true },
];

const deadColumns: readonly Column<DeadJob>[] = [
  { title: "id", value: (job) => job.id.slice(0, 8) },
  { title: "kind", value: (job) => job.kind },
  { title: "account", value: (job) => job.accountId },
  { title: "about", value: (job) => about(job.order), wraps: true },
  { title: "died", value: (job) => formatInstant(job.diedAt), spare: 2 },
  { title: "why", value: reason, wraps: true, paint: (_job, cell, paint) => paint("red", cell) },
];

export const jobsList: CommandRow = {
  name: "jobs list",
  summary: "list waiting, running and failed jobs",
  options: [
    { flags: "--dead", help: "only jobs that failed permanently" },
    {
      flags: "--state <state>",
      help: "only in this state",
      choices: ["waiting", "retrying", "running", "done", "failed", "cancelled"],
    },
    { flags: "--kind <kind>", help: "only of this kind", choices: JOB_KINDS },
    { flags: "--limit <jobs>", help: "maximum number of jobs, newest first (default: 100)" },
  ],
  examples: [
    ["apay jobs list --dead", "jobs that need attention; exit status 1 if there are any"],
    ["apay jobs list --account shop --state retrying", "failing jobs of one account"],
  ],
  run: (context, input) =>
    withQueue(context, async (queue) => {
      const filter = {
        ...(text(input, "kind") === undefined ? {} : { kind: text(input, "kind") as JobKind }),
        ...(text(input, "state") === undefined ? {} : { state: text(input, "state") as JobState }),
        ...(context.accountName === undefined ? {} : { accountId: context.accountName }),
        limit: wholeOf(text(input, "limit"), "--limit", 1) ?? 100,
      };
      if (flag(input, "dead")) {
        const dead = await deadJobs(queue, filter);
        if (context.json) context.document({ dead });
        else if (dead.length === 0) context.line("No job is dead.");
        else context.table(dead, deadColumns);
        return dead.length === 0 ? EXIT.done : EXIT.problems;
      }
      const jobs = await listJobs(queue, filter);
      if (context.json) context.document({ jobs });
      else if (jobs.length === 0) context.line("No jobs.");
      else context.table(jobs, jobColumns);
      return EXIT.done;
    }),
};

export const jobsStatus: CommandRow = {
  name: "jobs status",
  summary: "show the queue and its workers",
  examples: [["apay jobs status", "waiting jobs, their age, and running workers"]],
  run: (context) =>
    withQueue(context, async (queue) => {
      const counts = await jobCounts(queue);
      const workers = await presentWorkers(queue.query);
      const count = (kind: JobKind, state: JobState): number =>
        counts.kinds.find((row) => row.kind === kind && row.state === state)?.count ?? 0;
      const kinds = JOB_KINDS.map((kind) => ({
        kind,
        waiting: count(kind, "waiting"),
        retrying: count(kind, "retrying"),
        running: count(kind, "running"),
        oldestSeconds: Math.round(counts.waiting.find((row) => row.kind === kind)?.oldestSeconds ?? 0),
      }));
      if (context.json) {
        context.document({ kinds, dead: counts.dead, workers });
        return EXIT.done;
      }
      context.table(kinds, [
        { title: "kind", value: (row) => row.kind },
        { title: "waiting", align: "right", value: (row) => String(row.waiting) },
        { title: "retrying", align: "right", value: (row) => String(row.retrying) },
        { title: "running", align: "right", value: (row) => String(row.running) },
        { title: "longest wait", align: "right", value: (row) => `${row.oldestSeconds} s` },
      ]);
      context.line();
      for (const { workerId, host, seenAt, jobs } of workers)
        context.line(`worker ${workerId} on ${host}: ${jobs.length} jobs, seen ${formatInstant(seenAt)}`);
      if (workers.length === 0) context.line(context.paint("yellow", "No worker is running: start apay worker."));
      if (counts.dead > 0) context.line(context.paint("red", `${counts.dead} dead: see apay jobs list --dead`));
      return EXIT.done;
    }),
};

type Bury = (context: Context, all: boolean, id: string) => Promise<readonly DeadJob[]>;

function onDead(one: typeof reviveJob, every: typeof reviveJobs): Bury {
  return (context, all, id) =>
    withQueue(context, async (queue) =>
      all
        ? every(queue, context.accountName === undefined ? {} : { accountId: context.accountName })
        : [await one(queue, id)],
    );
}

function deadCommand(name: string, summary: string, done: string, act: Bury): CommandRow {
  return {
    name: `jobs ${name}`,
    summary,
    arguments: [{ name: "[id]", help: "id of the dead job, or its first characters" }],
    options: [{ flags: "--all", help: "all dead jobs, or all of --account" }],
    examples: [
      [`apay jobs ${name} 3f2a91c0`, summary],
      [`apay jobs ${name} --all --account shop`, "all dead jobs of one account"],
    ],
    run: async (context, input) => {
      const all = flag(input, "all");
      const id = argument(input, 0);
      // No id is the beginning of every id.
      if (all === (id !== ""))
        throw new CliError("usage.job", all ? "an id and --all: which of them?" : "no dead job is named", {
          remedy: `apay jobs ${name} ID with an id of apay jobs list --dead, or --all`,
        });
      const jobs = await act(context, all, id);
      if (context.json) context.document({ [done]: jobs });
      else for (const job of jobs) context.line(`${done} ${job.kind} ${job.accountId} ${about(job.order)}`.trimEnd());
      return EXIT.done;
    },
  };
}

export const jobsRetry = deadCommand(
  "retry",
  "put a dead job back into the queue",
  "queued",
  onDead(reviveJob, reviveJobs),
);
export const jobsDiscard = deadCommand("discard", "delete a dead job", "forgotten", onDead(discardJob, discardJobs));
