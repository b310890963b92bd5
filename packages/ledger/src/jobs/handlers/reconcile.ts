import { LeaseError } from "../../leases/errors.ts";
import { forgetOldNews } from "../../outbox/append-event.ts";
import { workOutVerdicts } from "../../reconcile/reconcile.ts";
import { JobDeferred } from "../errors.ts";
import type { JobContext } from "./job.ts";

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
    await forgetOldNews(store.db, clock, accountId);
    return {};
  } catch (error) {
    if (error instanceof LeaseError && error.code === "lease.held") throw new JobDeferred(30, error.message);
    throw error;
  }
}
