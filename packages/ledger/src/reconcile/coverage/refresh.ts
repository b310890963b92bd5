import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import { type CoverageSettings, type Judging, judgeType, LATE_AFTER, MISSING_AFTER } from "./judge.ts";
import type { CoverageStatus } from "./span.ts";
import { reportWindows } from "./windows.ts";

/** A stretch of time of one report type of an account, and how it stands with it. */
export interface CoverageSpan {
  readonly accountId: string;
  readonly reportType: string;
  readonly from: number;
  readonly to: number;
  readonly status: CoverageStatus;
}

/** Whose coverage, and as of when. */
export interface CoverageRequest extends CoverageSettings {
  readonly accountId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const AT_ONCE = 200;

/**
 * Works out, for every report type of an account, which stretches of time are complete, without data, late or missing, and
 * keeps the answer in the table `coverage`.
 *
 * By data window, never by the day a report was made. A day for which nothing was listed counts as a day without data
 * unless the settlements know of something that should have been in its report.
 *
 * @param db queries, or a transaction: the table is rewritten
 */
export async function refreshCoverage(db: Kysely<Schema>, request: CoverageRequest): Promise<CoverageSpan[]> {
  const { accountId, now, lateAfterMillis = LATE_AFTER, missingAfterMillis = MISSING_AFTER } = request;
  const judging: Judging = { db, accountId, now, lateAfterMillis, missingAfterMillis };
  const spans: CoverageSpan[] = [];
  for (const [reportType, windows] of await reportWindows(db, accountId)) {
    for (const span of await judgeType(judging, reportType, windows)) spans.push({ accountId, reportType, ...span });
  }
  await db.deleteFrom("coverage").where("account_id", "=", accountId).execute();
  for (let at = 0; at < spans.length; at += AT_ONCE) {
    await db
      .insertInto("coverage")
      .values(
        spans.slice(at, at + AT_ONCE).map((span) => ({
          account_id: span.accountId,
          report_type: span.reportType,
          from_at: span.from,
          to_at: span.to,
          status: span.status,
        })),
      )
      .execute();
  }
  return spans;
}
