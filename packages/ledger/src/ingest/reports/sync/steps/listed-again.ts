import type { Selectable } from "kysely";
import type { ReportTable } from "../../../../store/schema/reports.ts";
import type { ListedReport } from "../../sources/source.ts";

/** A report as its source had listed it, from what was written down then. */
export function listedAgain(row: Selectable<ReportTable>): ListedReport {
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
