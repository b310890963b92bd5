import { ExportError } from "@amazon-pay-kit/ledger/export";
import { LeaseError } from "@amazon-pay-kit/ledger/leases";
import { JobDeferred, JobError } from "../errors.ts";
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
  try {
    return (await wanted.run({ accountId: order.accountId, signal: job.signal })) ?? {};
  } catch (error) {
    // A load queues the reconciling that follows it, so this only has to wait its turn: no failure, and no try used up.
    if (error instanceof ExportError && error.code === "export.not-reconciled") {
      throw new JobDeferred(60, error.message);
    }
    if (error instanceof LeaseError && error.code === "lease.held") throw new JobDeferred(30, error.message);
    throw error;
  }
}
