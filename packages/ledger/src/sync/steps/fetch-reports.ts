import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import type { Selectable } from "kysely";
import { raiseAlert } from "../../alerts/alerts.ts";
import type { ArchivedReport } from "../../archive/archive.ts";
import { takeIn } from "../../intake/take-in.ts";
import type { ReportTable } from "../../store/schema/reports.ts";
import type { ListedReport } from "../source.ts";
import { loadOne } from "./load-waiting.ts";
import type { SourceRun } from "./run.ts";

type ReportRow = Selectable<ReportTable>;

/** Tries within one run, for bytes that break off on their way. */
const TRIES = 3;
const PAUSE = 1000;
/** The wait after a run without success doubles from here, and ends at the hour. */
const FIRST_WAIT = 2 * MINUTE;
const LONGEST_WAIT = HOUR;
/** After so many failed runs a person should know. */
const ALERT_AT = 5;

function listedAgain(row: ReportRow): ListedReport {
  return {
    reportId: row.report_id,
    reportType: row.report_type,
    windowStart: row.window_start_at,
    windowEnd: row.window_end_at,
    createdAt: row.created_at,
    status: "ready",
    processingStatus: row.processing_status,
    documentId: row.document_id,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "sync.fetch-failed";
}

async function fetchOne(run: SourceRun, row: ReportRow): Promise<void> {
  const { context, account, source, signal, tell } = run;
  const report = listedAgain(row);
  const { reportId, reportType } = report;
  tell({ type: "fetching", reportId, reportType });
  const archived: ArchivedReport = {
    source: source.name,
    reportId,
    reportType,
    windowStart: report.windowStart,
    windowEnd: report.windowEnd,
    createdAt: report.createdAt,
    fetchedAt: context.clock.now(),
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const taken = await takeIn(context, account, archived, await source.fetch(report, signal));
      const { path, byteCount, changed } = taken;
      tell({ type: "archived", reportId, reportType, path, byteCount, changed, linked: taken.state === "linked" });
      await loadOne(run, { fileId: taken.fileId, reportId, reportType });
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (codeOf(error) !== "download.truncated" || attempt === TRIES) throw error;
      await context.clock.sleep(PAUSE * attempt, signal);
    }
  }
}

async function noteFailure(run: SourceRun, row: ReportRow, error: unknown): Promise<void> {
  const { context, account, tell } = run;
  const attempts = row.attempts + 1;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const wait = Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT) * (0.5 + context.random.fraction() / 2);
  const nextAttemptAt = Math.round(context.clock.now() + wait);
  await context.store.transaction(async (db) => {
    await db
      .updateTable("report")
      .set({ attempts, next_attempt_at: nextAttemptAt, state_reason: `${code}: ${message}` })
      .where("account_id", "=", row.account_id)
      .where("source", "=", row.source)
      .where("report_id", "=", row.report_id)
      .execute();
    if (attempts < ALERT_AT) return;
    await raiseAlert(db, context.clock, {
      accountId: account.accountId,
      code: "report.not-fetched",
      subject: `${row.source} ${row.report_id}`,
      message: `report ${row.report_id} could not be fetched in ${attempts} runs; the last time: ${message}`,
    });
  });
  tell({ type: "fetch-failed", reportId: row.report_id, reportType: row.report_type, code, message, nextAttemptAt });
}

/** Fetches, archives and loads every report whose time has come, the oldest first: it is the first to vanish. */
export async function fetchReports(run: SourceRun): Promise<void> {
  const { context, account, source, downloads, signal, tell } = run;
  const due = await context.store.db
    .selectFrom("report")
    .selectAll()
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "listed")
    .where(({ eb, or }) => or([eb("next_attempt_at", "is", null), eb("next_attempt_at", "<=", context.clock.now())]))
    .orderBy("created_at")
    .orderBy("report_id")
    .execute();
  tell({ type: "planned", reports: due.length });
  await downloads.all(due, async (row) => {
    signal.throwIfAborted();
    try {
      await fetchOne(run, row);
    } catch (error) {
      signal.throwIfAborted();
      await noteFailure(run, row, error);
    }
  });
}
