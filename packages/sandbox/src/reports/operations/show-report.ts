import { formatCompact } from "@amazon-pay-kit/money";
import type { Report } from "../../engine/objects/index.ts";

/** A report with the members and the order of a live answer. */
export function showReport(report: Report): Readonly<Record<string, string | null>> {
  const time = (instant: number | null): string | null => (instant === null ? null : formatCompact(instant));
  return {
    createdTime: formatCompact(report.createdAt),
    endTime: formatCompact(report.endAt),
    processingEndTime: time(report.processingEndAt),
    processingStartTime: time(report.processingStartAt),
    processingStatus: report.processingStatus,
    reportDocumentId: report.reportDocumentId,
    reportId: report.reportId,
    reportType: report.reportType,
    startTime: formatCompact(report.startAt),
  };
}
