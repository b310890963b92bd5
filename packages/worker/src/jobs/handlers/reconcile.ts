import { LeaseError } from "@amazon-pay-kit/ledger/leases";
import { pruneEvents } from "@amazon-pay-kit/ledger/outbox";
import { workOutVerdicts } from "@amazon-pay-kit/ledger/reconcile";
import { JobDeferred } from "../errors.ts";
import type { JobContext } from "./job.ts";
import { notifyHooks } from "./notify.ts";

/** Works out what has changed in an account. */
export async function reconcileAccount(job: JobContext): Promise<object> {
  const { store, clock, random } = job.context;
  const { accountId } = job.account;
  const { leaseMillis } = job.settings;
  try {
    await workOutVerdicts(
      { store, clock, random, accountId, who: "worker" },
      { ...job.reconcile, leaseMillis, signal: job.signal },
    );
    await pruneEvents(store, clock, accountId);
    await notifyHooks(job);
    return {};
  } catch (error) {
    if (error instanceof LeaseError && error.code === "lease.held") throw new JobDeferred(30, error.message);
    throw error;
  }
}
