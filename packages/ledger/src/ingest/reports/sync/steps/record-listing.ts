import { type Kysely, sql } from "kysely";
import type { Schema } from "../../../../store/schema/index.ts";
import type { ReportState } from "../../../../store/schema/reports.ts";
import type { ListedReport, ListedStatus, SourceName } from "../../sources/source.ts";

const STATES: Readonly<Record<ListedStatus, ReportState>> = {
  ready: "listed",
  "in-progress": "in-progress",
  "no-data": "no-data",
  failed: "failed",
};

/** What a page of a listing brought. */
export interface PageRecorded {
  readonly listed: number;
  /** Reports never seen before. */
  readonly fresh: number;
}

/**
 * Writes a page of a listing down before anything of it is fetched.
 *
 * A report that is already further on its way stays there; one whose document is another one now is fetched again.
 */
export async function recordListing(
  db: Kysely<Schema>,
  account: { readonly accountId: string; readonly source: SourceName },
  page: readonly ListedReport[],
  now: number,
): Promise<PageRecorded> {
  if (page.length === 0) return { listed: 0, fresh: 0 };
  const { accountId, source } = account;
  const known = await db
    .selectFrom("report")
    .select("report_id")
    .where("account_id", "=", accountId)
    .where("source", "=", source)
    .where(
      "report_id",
      "in",
      page.map((report) => report.reportId),
    )
    .execute();
  for (const report of page) {
    await db
      .insertInto("report")
      .values({
        account_id: accountId,
        source,
        report_id: report.reportId,
        report_type: report.reportType,
        window_start_at: report.windowStart,
        window_end_at: report.windowEnd,
        created_at: report.createdAt,
        processing_status: report.processingStatus,
        document_id: report.documentId,
        state: STATES[report.status],
        state_reason:
          report.status === "failed" ? `the service says ${report.processingStatus}: request it again` : null,
        first_seen_at: now,
        last_seen_at: now,
        attempts: 0,
        next_attempt_at: null,
        acknowledged_at: null,
      })
      .onConflict((conflict) =>
        conflict.columns(["account_id", "source", "report_id"]).doUpdateSet(({ ref }) => {
          const open = sql<boolean>`(report.state in ('listed', 'in-progress', 'no-data', 'failed')
            or (excluded.state = 'listed' and report.document_id is distinct from excluded.document_id))`;
          return {
            last_seen_at: now,
            window_start_at: ref("excluded.window_start_at"),
            window_end_at: ref("excluded.window_end_at"),
            processing_status: ref("excluded.processing_status"),
            state: sql<ReportState>`case when ${open} then excluded.state else report.state end`,
            // A report that waits for its next try keeps the reason of its last one.
            state_reason: sql<
              string | null
            >`case when ${open} and excluded.state <> 'listed' then excluded.state_reason else report.state_reason end`,
            document_id: ref("excluded.document_id"),
          };
        }),
      )
      .execute();
  }
  const fresh = new Set(page.map((report) => report.reportId)).size - known.length;
  return { listed: page.length, fresh };
}
