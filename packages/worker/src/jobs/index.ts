/** Work that any number of processes share: the queue, its jobs, workers. */
export { JobError, type JobErrorCode } from "./errors.ts";
export { JOB_KINDS, JOB_KIND_DEFS, type JobKind, type JobOrders, type JobKindDef } from "./kinds.ts";
export {
  deadJobs,
  discardJob,
  discardJobs,
  jobCounts,
  listJobs,
  reviveJob,
  reviveJobs,
  type DeadJob,
  type JobFilter,
  type JobState,
  type ListedJob,
} from "./inspect.ts";
export type { JobEvent, WorkerOptions } from "./options.ts";
export { presentWorkers, type Presence } from "./presence.ts";
export { openJobQueue, type JobQueue, type JobQueueOptions, type TakenJob } from "./queue.ts";
export type { Rate, RatedCall, Rates } from "./rates.ts";
export { prepareJobs } from "./plan.ts";
export { runWorker } from "./worker.ts";
export type { JobExport } from "./handlers/job.ts";
