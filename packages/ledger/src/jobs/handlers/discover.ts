import { acknowledgeStored } from "../../ingest/reports/sync/steps/acknowledge.ts";
import { judgeCoverage } from "../../ingest/reports/sync/steps/judge-coverage.ts";
import { listDisbursements } from "../../ingest/reports/sync/steps/list-disbursements.ts";
import { listReports } from "../../ingest/reports/sync/steps/list-reports.ts";
import { runSteps } from "../../ingest/reports/sync/steps/run-steps.ts";
import { warnOfLoss } from "../../ingest/reports/sync/steps/warn-of-loss.ts";
import { alone, type JobContext, sourceRun } from "./job.ts";
import { beginLoading, continueLane } from "./lanes.ts";
import { listenFor, spreadNews } from "./notify.ts";

const STEPS = [listReports, acknowledgeStored, listDisbursements, warnOfLoss, judgeCoverage];

/** Reads what an account's sources list now, and queues what is to be fetched. A source that fails does not hold up the others. */
export async function discover(job: JobContext): Promise<object> {
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
    for (let lane = 0; lane < job.lanes; lane += 1) if (await continueLane(job, run, lane)) queued += 1;
    await beginLoading(job, run);
  }
  await spreadNews(job);
  if (troubles.length > 0) throw troubles[0];
  return { queued };
}
