import { HOUR, KitError, MINUTE } from "@amazon-pay-kit/money";
import type { Kysely, Selectable } from "kysely";
import { raiseAlert } from "../../../../outbox/alerts.ts";
import type { Schema } from "../../../../store/schema/index.ts";
import type { ReportTable } from "../../../../store/schema/reports.ts";
import type { SourceRun } from "./run.ts";

/** The wait after a run without success doubles from here, and ends at the hour. */
const FIRST_WAIT = 2 * MINUTE;
const LONGEST_WAIT = HOUR;
/** After this many failed runs a person should know. */
const ALERT_AT = 5;
/** Failures that another try will not mend: the report is not there any more. */
const FINAL = new Set(["api.not-found", "sync.gone", "sync.superseded"]);

/** A source could not give the bytes of a report. What the archive or the store throw is another matter. */
export class FetchFailure extends KitError {
  /** Code of the error that the source threw. */
  readonly code: string;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    const coded = cause instanceof Error && "code" in cause && typeof cause.code === "string";
    this.code = coded ? String(cause.code) : "sync.fetch-failed";
  }
}

/** Bytes whose errors are marked as the source's. */
export async function* fromSource(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new FetchFailure(error);
  }
}

function change(
  db: Kysely<Schema>,
  row: Selectable<ReportTable>,
  values: Partial<Selectable<ReportTable>>,
): Promise<unknown> {
  return db
    .updateTable("report")
    .set(values)
    .where("account_id", "=", row.account_id)
    .where("source", "=", row.source)
    .where("report_id", "=", row.report_id)
    .execute();
}

/**
 * Notes that a report could not be fetched, and when to try again; with an alert when that goes on, or when the report is
 * lost for good.
 */
export async function noteFailure(run: SourceRun, row: Selectable<ReportTable>, failure: FetchFailure): Promise<void> {
  const { context, account, tell } = run;
  const { code, message } = failure;
  const { report_id: reportId, report_type: reportType } = row;
  const alert = { accountId: account.accountId, subject: `${row.source} ${reportId}` };
  const reason = `${code}: ${message}`;
  if (FINAL.has(code)) {
    await context.store.transaction(async (db) => {
      await change(db, row, { state: "failed", state_reason: reason });
      if (code === "sync.superseded") return;
      const words = `report ${reportId} vanished before it was fetched: ${message}`;
      await raiseAlert(db, context.clock, { ...alert, code: "report.lost", message: words });
    });
    tell({ type: "fetch-failed", reportId, reportType, code, message, nextAttemptAt: null });
    return;
  }
  const attempts = row.attempts + 1;
  const wait = Math.min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT) * (0.5 + context.random.fraction() / 2);
  const nextAttemptAt = Math.round(context.clock.now() + wait);
  await context.store.transaction(async (db) => {
    await change(db, row, { attempts, next_attempt_at: nextAttemptAt, state_reason: reason });
    if (attempts < ALERT_AT) return;
    const words = `report ${reportId} could not be fetched in ${attempts} runs; the last time: ${message}`;
    await raiseAlert(db, context.clock, { ...alert, code: "report.not-fetched", message: words });
  });
  tell({ type: "fetch-failed", reportId, reportType, code, message, nextAttemptAt });
}
