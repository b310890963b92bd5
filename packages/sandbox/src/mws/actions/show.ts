import type { Report, ReportSchedule } from "../../engine/objects/index.ts";
import { mwsSchedule, mwsStatus, mwsTime } from "../status.ts";
import { element, type Element } from "../xml/element.ts";

const time = (name: string, instant: number | null): Element | undefined =>
  instant === null ? undefined : element(name, mwsTime(instant));

/** A report as a request: what was asked for, and where its making stands. */
export function requestInfo(report: Report): Element {
  return element("ReportRequestInfo", [
    element("ReportRequestId", report.reportRequestId),
    element("ReportType", report.reportType),
    time("StartDate", report.startAt),
    time("EndDate", report.endAt),
    element("Scheduled", String(report.cause === "schedule")),
    time("SubmittedDate", report.createdAt),
    element("ReportProcessingStatus", mwsStatus(report)),
    report.processingStatus === "COMPLETED" ? element("GeneratedReportId", report.reportId) : undefined,
    time("StartedProcessingDate", report.processingStartAt),
    time("CompletedDate", report.processingEndAt),
  ]);
}

/** A report that can be fetched. */
export function reportInfo(report: Report): Element {
  return element("ReportInfo", [
    element("ReportId", report.reportId),
    element("ReportType", report.reportType),
    element("ReportRequestId", report.reportRequestId),
    time("AvailableDate", report.processingEndAt),
    element("Acknowledged", String(report.acknowledgedAt !== null)),
    time("AcknowledgedDate", report.acknowledgedAt),
  ]);
}

/** A schedule. */
export function scheduleInfo(schedule: ReportSchedule): Element {
  return element("ReportSchedule", [
    element("ReportType", schedule.reportType),
    element("Schedule", mwsSchedule(schedule.scheduleFrequency)),
    element("ScheduledDate", mwsTime(schedule.nextReportCreationAt)),
  ]);
}
