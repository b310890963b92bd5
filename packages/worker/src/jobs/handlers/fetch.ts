import { DAY } from "@amazon-pay-kit/money";
import type { Selectable } from "kysely";
import type { ReportTable } from "@amazon-pay-kit/ledger/store";
import { FetchFailure, noteFailure } from "@amazon-pay-kit/ledger/ingest";
import { archiveOne } from "@amazon-pay-kit/ledger/ingest";
import type { SourceRun } from "@amazon-pay-kit/ledger/ingest";
import { JobDeferred } from "../errors.ts";
import type { JobOrders } from "../kinds.ts";
import { alone, type JobContext, sourceRun } from "./job.ts";
import { beginLoading, continueShard } from "./shards.ts";
import { notifyHooks } from "./notify.ts";

type ReportRow = Selectable<ReportTable>;

function reportOf(run: SourceRun, reportId: string): Promise<ReportRow | undefined> {
  return run.context.store.db
    .selectFrom("report")
    .selectAll()
    .where("account_id", "=", run.account.accountId)
    .where("source", "=", run.source.name)
    .where("report_id", "=", reportId)
    .executeTakeFirst();
}

/** A dead job's report is left alone for a day, so that the hourly look does not queue it again and again. */
async function restForADay(run: SourceRun, reportId: string): Promise<void> {
  await run.context.store.db
    .updateTable("report")
    .set({ next_attempt_at: run.context.clock.now() + DAY })
    .where("account_id", "=", run.account.accountId)
    .where("source", "=", run.source.name)
    .where("report_id", "=", reportId)
    .where("state", "=", "listed")
    .execute();
}

async function archive(job: JobContext, run: SourceRun, row: ReportRow): Promise<object> {
  try {
    const { path, byteCount, state } = await archiveOne(run, row);
    return { path, byteCount, state };
  } catch (error) {
    run.signal.throwIfAborted();
    if (!(error instanceof FetchFailure)) throw error;
    if (error.cause instanceof JobDeferred) throw error.cause;
    await noteFailure(run, row, error);
    await notifyHooks(job);
    const after = await reportOf(run, row.report_id);
    // The service does not have it any more: an alert says so, and another try would not mend it.
    if (after?.state === "failed") return { lost: error.message };
    if (job.lastTry) await restForADay(run, row.report_id);
    throw error;
  }
}

/** Brings the bytes of one report into the archive; then it is the turn of the next one in its shard. */
export async function fetchReport(job: JobContext, order: JobOrders["fetch"]): Promise<object> {
  // The report stays listed; the first look after the pause queues it again.
  if (job.account.paused === true) return { paused: true };
  const { source, shard, reportId } = order;
  const run = await sourceRun(job, source);
  const work = async (signal: AbortSignal): Promise<object> => {
    const row = await reportOf(run, reportId);
    // Another worker had taken it for lost, or it was loaded by hand meanwhile.
    if (row === undefined || row.state !== "listed") return { already: row?.state ?? "unknown" };
    return archive(job, { ...run, signal }, row);
  };
  // Only what the source has to do with lets the next report have its turn: whatever else failed, a disk or a database, would
  // fail for that one too, after it was downloaded.
  let goOn = true;
  try {
    return await alone(job, `fetch ${source} ${shard}`, 5, work);
  } catch (error) {
    goOn = error instanceof FetchFailure;
    if (job.lastTry && !goOn && !(error instanceof JobDeferred)) {
      // Dead for a reason of its own: it must not hold up those behind it for good.
      await restForADay(run, reportId);
      goOn = true;
    }
    throw error;
  } finally {
    if (goOn && !job.signal.aborted) {
      await beginLoading(job, run);
      await continueShard(job, run, shard);
    }
  }
}
