import { registerHooks, tellAccount, TELLING } from "../../hooks/deliver.ts";
import { alone, type JobContext } from "./job.ts";

/** Makes sure that the hooks receive what happens to an account from now on. */
export async function listenFor(job: JobContext): Promise<void> {
  if (job.hooks.length > 0) await registerHooks(job.context, [job.account.accountId], job.hooks);
}

/** Queues the telling of what may have happened. */
export async function notifyHooks(job: JobContext): Promise<void> {
  if (job.hooks.length > 0) await job.queue.send("notify", { accountId: job.account.accountId });
}

/** Tells the hooks what is new. One that fails has its own waiting times; the plan queues this again when they are over. */
export async function notify(job: JobContext): Promise<object> {
  const { context, account, hooks } = job;
  // Not two at once: both would tell the same.
  const told = await alone(job, TELLING, 5, (signal) => tellAccount(context, account.accountId, hooks, signal));
  return { told };
}
