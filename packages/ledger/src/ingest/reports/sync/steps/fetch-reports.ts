import type { Selectable } from "kysely";
import { clearAlert } from "../../../../outbox/alerts.ts";
import type { ArchivedReport } from "../../../../archive/archive.ts";
import { takeIn, type TakenIn } from "../../archive-report.ts";
import type { ReportTable } from "../../../../store/schema/reports.ts";
import { FetchFailure, fromSource, noteFailure } from "./fetch-failure.ts";
import { listedAgain } from "./listed-again.ts";
import { ReportLoader } from "./load-waiting.ts";
import { mayBeTried } from "../../../../store/next-attempt.ts";
import type { SourceRun } from "./run.ts";

type ReportRow = Selectable<ReportTable>;

/** Tries within one run, for bytes that break off on their way. */
const TRIES = 3;
const PAUSE = 1000;

async function takeReport(run: SourceRun, row: ReportRow): Promise<TakenIn> {
  const { context, account, source, signal } = run;
  const report = listedAgain(row);
  const { reportId, reportType, windowStart, windowEnd, createdAt, documentId } = report;
  const fetchedAt = context.clock.now();
  const named = source.name === "folder" && documentId !== null ? { fileName: documentId } : {};
  const archived: ArchivedReport = {
    source: source.name,
    reportId,
    reportType,
    windowStart,
    windowEnd,
    createdAt,
    fetchedAt,
    ...named,
  };
  const bytes = await source.fetch(report, signal).catch((error: unknown) => {
    throw new FetchFailure(error);
  });
  return takeIn(context, account, archived, fromSource(bytes));
}

/** Brings the bytes of a report into the archive, trying again when they break off. */
export async function archiveOne(run: SourceRun, row: ReportRow): Promise<TakenIn> {
  const { context, account, signal, tell } = run;
  const { report_id: reportId, report_type: reportType } = row;
  tell({ type: "fetching", reportId, reportType });
  for (let attempt = 1; ; attempt += 1) {
    try {
      const taken = await takeReport(run, row);
      const { path, byteCount, changed, state } = taken;
      tell({ type: "archived", reportId, reportType, path, byteCount, changed, linked: state === "linked" });
      if (row.attempts > 0) {
        const subject = `${row.source} ${reportId}`;
        await clearAlert(context.store.db, context.clock, {
          accountId: account.accountId,
          code: "report.not-fetched",
          subject,
        });
      }
      return taken;
    } catch (error) {
      signal.throwIfAborted();
      const brokenOff = error instanceof FetchFailure && error.code === "download.truncated";
      if (!brokenOff || attempt === TRIES) throw error;
      await context.clock.sleep(PAUSE * attempt, signal);
    }
  }
}

function dueReports({ context, account, source }: SourceRun): Promise<ReportRow[]> {
  return context.store.db
    .selectFrom("report")
    .selectAll()
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "listed")
    .where(({ eb, or }) => or([eb("next_attempt_at", "is", null), mayBeTried("next_attempt_at", context.clock.now())]))
    .orderBy("created_at")
    .orderBy("report_id")
    .execute();
}

/** Says how many reports an earlier run could not fetch and this one leaves alone. */
async function tellOfWaiting({ context, account, source, tell }: SourceRun): Promise<void> {
  const waiting = await context.store.db
    .selectFrom("report")
    .select(({ fn }) => [fn.countAll<number>().as("reports"), fn.min<number | null>("next_attempt_at").as("first")])
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "listed")
    .where("next_attempt_at", ">", context.clock.now())
    .executeTakeFirstOrThrow();
  if (waiting.first !== null) tell({ type: "waiting", reports: waiting.reports, nextAttemptAt: waiting.first });
}

async function fetchAll(run: SourceRun, due: readonly ReportRow[]): Promise<void> {
  const { downloads, signal, tell } = run;
  tell({ type: "planned", reports: due.length });
  const loader = new ReportLoader(run);
  await downloads.all(due, async (row) => {
    signal.throwIfAborted();
    try {
      const { fileId, byteCount } = await archiveOne(run, row);
      await loader.add({ fileId, byteCount, reportId: row.report_id, reportType: row.report_type });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FetchFailure)) throw error;
      await noteFailure(run, row, error);
    }
  });
  await loader.finish();
}

/**
 * Fetches what an earlier run had listed but not fetched when it was ended, before anything is listed anew: so a runner that
 * never lives long enough to list everything still gets on, however often it is killed.
 */
export async function fetchLeftOver(run: SourceRun): Promise<void> {
  await tellOfWaiting(run);
  const due = await dueReports(run);
  if (due.length > 0) await fetchAll(run, due);
}

/**
 * Fetches, archives and loads every report whose time has come, the oldest first: it is the first to vanish. A report that
 * the source does not give is left for a later run; a full disk, or a database that is gone, ends this one.
 */
export async function fetchReports(run: SourceRun): Promise<void> {
  await fetchAll(run, await dueReports(run));
}
