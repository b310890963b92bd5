import { sql } from "kysely";
import type { ReportState } from "../store/schema/reports.ts";
import {
  behindCursor,
  scopeOf,
  anyContains,
  limitOf,
  type ListOrder,
  orderAsked,
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

interface SortedReport {
  readonly sort_at: number;
  readonly report_type: string;
  readonly state: string;
  readonly row_count: number | null;
  readonly error_count: number | null;
}

/** What reports can be sorted by. */
const ORDERS: Readonly<Record<string, ListOrder<SortedReport>>> = {
  __proto__: null as never,
  until: { value: sql`coalesce(r.window_end_at, r.first_seen_at)`, of: (row) => row.sort_at, type: "number" },
  type: { value: sql`r.report_type`, of: (row) => row.report_type, type: "string" },
  state: { value: sql`r.state`, of: (row) => row.state, type: "string" },
  rows: { value: sql`coalesce(f.row_count, 0)`, of: (row) => row.row_count ?? 0, type: "number" },
  errors: { value: sql`coalesce(f.error_count, 0)`, of: (row) => row.error_count ?? 0, type: "number" },
};

/** Reports, those with the newest data first, or in another order. @throws ViewError `view.query` for an order that there is not */
export async function listReports(
  context: ViewContext,
  request: AccountFilter & {
    readonly reportType?: string | undefined;
    /** One of the states of {@link ReportView}; of another one there are none. */
    readonly state?: string | undefined;
    /** Words of its id or of the reason of its state; upper and lower case are the same. */
    readonly text?: string | undefined;
    readonly sort?: string | undefined;
  } & PageRequest = {},
): Promise<Page<ReportView>> {
  const limit = limitOf(request);
  const { value, of, type, direction } = orderAsked(request.sort ?? "-until", ORDERS, "reports");
  const cursor = readCursor(request, [type, "string", "string", "string"]);
  const end = "r.first_seen_at" as const;
  const scope = await scopeOf(context, request);
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
    .where(scope.of("r.account_id"));
  if (request.reportType !== undefined) query = query.where("r.report_type", "=", request.reportType);
  if (request.state !== undefined) query = query.where("r.state", "=", request.state as ReportState);
  const text = request.text?.trim() ?? "";
  if (text !== "") query = query.where(anyContains(["r.report_id", "r.state_reason"], text));
  if (cursor !== null)
    query = query.where(behindCursor(cursor, value, ["r.account_id", "r.source", "r.report_id"], direction));
  const rows = await query
    .orderBy(scope.sorted(value), direction)
    .orderBy("r.account_id", direction)
    .orderBy("r.source", direction)
    .orderBy("r.report_id", direction)
    .limit(limit + 1)
    .execute();
  const page = pageOf(rows, limit, (row) => [of(row), row.account_id, row.source, row.report_id]);
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
