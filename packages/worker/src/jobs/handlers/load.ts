import { loadArchived } from "@amazon-pay-kit/ledger/ingest";
import { JobDeferred } from "../errors.ts";
import type { JobOrders } from "../kinds.ts";
import { alone, type JobContext, sourceRun } from "./job.ts";
import { continueLoading, filesInQueue } from "./shards.ts";
import { notifyHooks } from "./notify.ts";

/** Turns one archived file into rows; then it is the turn of the account's next one. */
export async function loadReport(job: JobContext, order: JobOrders["load"]): Promise<object> {
  const { accountId, source, fileId, reportId, reportType } = order;
  const run = await sourceRun(job, source);
  let deferred = false;
  try {
    // Not two at once: the second would wait for the first's lock and keep a worker from other accounts.
    await alone(job, "load", 3, (signal) => loadArchived({ ...run, signal }, { fileId, reportId, reportType }));
    await job.queue.send("reconcile", { accountId }, job.gatherSeconds);
    await notifyHooks(job);
    return { fileId };
  } catch (error) {
    deferred = error instanceof JobDeferred;
    throw error;
  } finally {
    // After a failure too: a file that cannot be loaded must not hold up those behind it.
    if (!deferred && !job.signal.aborted) {
      // Not one that is tried again anyhow: two files that cannot be loaded would take turns for ever.
      const except = new Set([fileId, ...(await filesInQueue(job, run))]);
      // A file with a lower number may have come later, while this job waited and its own could not be queued.
      if (!(await continueLoading(job, run, fileId, except))) await continueLoading(job, run, 0, except);
    }
  }
}
