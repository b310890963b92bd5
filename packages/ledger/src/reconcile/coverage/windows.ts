import type { Kysely } from "kysely";
import type { Schema } from "../../store/schema/index.ts";
import type { ReportState } from "../../store/schema/reports.ts";

/** The data window of a report, and where the report stands. */
export interface ReportWindow {
  readonly reportType: string;
  readonly from: number;
  readonly to: number;
  readonly state: ReportState;
  /** When it was asked for or made; null where that is not known. */
  readonly createdAt: number | null;
}

/**
 * The windows of all reports of an account, by type. A settlement's own header counts before the listing, which has the
 * same window less exactly, or, for files that came by hand, none.
 */
export async function reportWindows(db: Kysely<Schema>, accountId: string): Promise<Map<string, ReportWindow[]>> {
  const rows = await db
    .selectFrom("report")
    .leftJoin("report_file", (join) =>
      join
        .onRef("report_file.account_id", "=", "report.account_id")
        .onRef("report_file.source", "=", "report.source")
        .onRef("report_file.report_id", "=", "report.report_id"),
    )
    .leftJoin("file", (join) =>
      join.onRef("file.account_id", "=", "report_file.account_id").onRef("file.file_id", "=", "report_file.file_id"),
    )
    .select([
      "report.report_type",
      "report.state",
      "report.window_start_at",
      "report.window_end_at",
      "report.created_at",
      "file.kind",
      "file.window_start_at as file_start_at",
      "file.window_end_at as file_end_at",
    ])
    .where("report.account_id", "=", accountId)
    .orderBy("report.report_type")
    .orderBy("report.source")
    .orderBy("report.report_id")
    .execute();
  const byType = new Map<string, ReportWindow[]>();
  for (const row of rows) {
    const settled = row.kind === "settlement";
    const from = (settled ? row.file_start_at : null) ?? row.window_start_at;
    const to = (settled ? row.file_end_at : null) ?? row.window_end_at;
    if (from === null || to === null || to <= from) continue;
    const windows = byType.get(row.report_type) ?? [];
    byType.set(row.report_type, windows);
    windows.push({ reportType: row.report_type, from, to, state: row.state, createdAt: row.created_at });
  }
  return byType;
}
