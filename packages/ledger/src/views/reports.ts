import type { ReportState } from "../store/schema/reports.ts";
import {
  behindCursor,
  accountIds,
  limitOf,
  pageOf,
  readCursor,
  type AccountFilter,
  type Page,
  type PageRequest,
  type ViewContext,
} from "./view.ts";

/** A report with what became of it. */
export interface ReportView {
  readonly accountId: string;
  readonly source: string;
  readonly reportId: string;
  readonly reportType: string;
  readonly windowStartAt: number | null;
  readonly windowEndAt: number | null;
  readonly createdAt: number | null;
  readonly processingStatus: string;
  readonly state: string;
  readonly stateReason: string | null;
  readonly fileId: number | null;
  readonly contentHash: string | null;
  readonly rows: number | null;
  readonly errors: number | null;
}

/** Reports, those with the newest data first. */
export async function listReports(
  context: ViewContext,
  request: AccountFilter & {
    readonly reportType?: string | undefined;
    /** One of the states of {@link ReportView}; of another one there are none. */
    readonly state?: string | undefined;
  } & PageRequest = {},
): Promise<Page<ReportView>> {
  const limit = limitOf(request);
  const cursor = readCursor(request, ["number", "string", "string", "string"]);
  const end = "r.first_seen_at" as const;
  let query = context.store.db
    .selectFrom("report as r")
    .leftJoin("report_file as rf", (join) =>
      join
        .onRef("rf.account_id", "=", "r.account_id")
        .onRef("rf.source", "=", "r.source")
        .onRef("rf.report_id", "=", "r.report_id"),
    )
    .leftJoin("file as f", (join) =>
      join.onRef("f.account_id", "=", "rf.account_id").onRef("f.file_id", "=", "rf.file_id"),
    )
    .select((eb) => [
      "r.account_id",
      "r.source",
      "r.report_id",
      "r.report_type",
      "r.window_start_at",
      "r.window_end_at",
      "r.created_at",
      "r.processing_status",
      "r.state",
      "r.state_reason",
      "f.file_id",
      "f.content_hash",
      "f.row_count",
      "f.error_count",
      eb.fn.coalesce("r.window_end_at", end).as("sort_at"),
    ])
    .where("r.account_id", "in", await accountIds(context, request));
  if (request.reportType !== undefined) query = query.where("r.report_type", "=", request.reportType);
  if (request.state !== undefined) query = query.where("r.state", "=", request.state as ReportState);
  if (cursor !== null)
    query = query.where((eb) =>
      behindCursor(cursor, eb.fn.coalesce("r.window_end_at", end), ["r.account_id", "r.source", "r.report_id"]),
    );
  const rows = await query
    .orderBy("sort_at", "desc")
    .orderBy("r.account_id")
    .orderBy("r.source")
    .orderBy("r.report_id")
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [row.sort_at, row.account_id, row.source, row.report_id]);
  return {
    next: page.next,
    items: page.items.map((row) => ({
      accountId: row.account_id,
      source: row.source,
      reportId: row.report_id,
      reportType: row.report_type,
      windowStartAt: row.window_start_at,
      windowEndAt: row.window_end_at,
      createdAt: row.created_at,
      processingStatus: row.processing_status,
      state: row.state,
      stateReason: row.state_reason,
      fileId: row.file_id,
      contentHash: row.content_hash,
      rows: row.row_count,
      errors: row.error_count,
    })),
  };
}
