import { acknowledgeStored } from "@amazon-pay-kit/ledger/ingest";
import { judgeCoverage } from "@amazon-pay-kit/ledger/ingest";
import { listDisbursements } from "@amazon-pay-kit/ledger/ingest";
import { listReportsOfSource as listReports } from "@amazon-pay-kit/ledger/ingest";
import { runSteps } from "@amazon-pay-kit/ledger/ingest";
import { warnOfLoss } from "@amazon-pay-kit/ledger/ingest";
import { alone, type JobContext, sourceRun } from "./job.ts";
import { beginLoading, continueShard } from "./shards.ts";
import { listenFor, notifyHooks } from "./notify.ts";

const STEPS = [listReports, acknowledgeStored, listDisbursements, warnOfLoss, judgeCoverage];

/** Reads what an account's sources list now, and queues what is to be fetched. A source that fails does not hold up the others. */
export async function discover(job: JobContext): Promise<object> {
  if (job.account.paused === true) return { paused: true };
  const troubles: unknown[] = [];
  await listenFor(job);
  let queued = 0;
  await alone(job, "sync", 30, async (signal) => {
    for (const { name } of job.account.sources) {
      const trouble = await runSteps(await sourceRun(job, name, signal), STEPS);
      if (trouble !== undefined) troubles.push(trouble);
    }
  });
  for (const { name } of job.account.sources) {
    const run = await sourceRun(job, name);
    for (let shard = 0; shard < job.shards; shard += 1) if (await continueShard(job, run, shard)) queued += 1;
    await beginLoading(job, run);
  }
  await notifyHooks(job);
  if (troubles.length > 0) throw troubles[0];
  return { queued };
}
