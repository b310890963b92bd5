import { JobError } from "../errors.ts";
import type { JobOrders } from "../kinds.ts";
import type { JobContext } from "./job.ts";

/** Carries out one of the worker's exports. */
export async function exportAccount(job: JobContext, order: JobOrders["export"]): Promise<object> {
  const wanted = job.exports[order.export];
  if (wanted === undefined) {
    throw new JobError(
      "jobs.not-mine",
      `there is no export ${JSON.stringify(order.export)} here: give all workers the same configuration`,
    );
  }
  return (await wanted.run({ accountId: order.accountId, signal: job.signal })) ?? {};
}
