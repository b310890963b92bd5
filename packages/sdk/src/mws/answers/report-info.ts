import type { REPORT_TYPES } from "../../operations/fields/shared.ts";
import type { Open } from "../../types/open.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import { optionalText } from "../xml/members.ts";
import { type MwsResult, requiredBoolean, requiredText } from "./result.ts";

/** Report types of Amazon Pay in the spelling of MWS. */
export type MwsReportType = Open<(typeof REPORT_TYPES)[number]>;

/** Where the making of a report stands. `_DONE_NO_DATA_`: there was nothing to report. */
export type MwsReportStatus = Open<"_SUBMITTED_" | "_IN_PROGRESS_" | "_CANCELLED_" | "_DONE_" | "_DONE_NO_DATA_">;

/** How often a scheduled report is made. */
export type MwsSchedule = Open<
  | "_15_MINUTES_"
  | "_30_MINUTES_"
  | "_1_HOUR_"
  | "_2_HOURS_"
  | "_4_HOURS_"
  | "_8_HOURS_"
  | "_12_HOURS_"
  | "_1_DAY_"
  | "_2_DAYS_"
  | "_72_HOURS_"
  | "_1_WEEK_"
  | "_14_DAYS_"
  | "_15_DAYS_"
  | "_30_DAYS_"
  | "_NEVER_"
>;

/** A report that was asked for, by somebody or by the service's own schedule. Instants as the service writes them. */
export interface ReportRequestInfo {
  readonly reportRequestId: string;
  readonly reportType: MwsReportType;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly scheduled: boolean;
  readonly submittedDate: string | null;
  readonly reportProcessingStatus: MwsReportStatus;
  /** What `getReport` takes; `null` as long as there is no report. */
  readonly generatedReportId: string | null;
  readonly startedProcessingDate: string | null;
  readonly completedDate: string | null;
}

/** A report that can be fetched. */
export interface ReportInfo {
  readonly reportId: string;
  readonly reportType: MwsReportType;
  readonly reportRequestId: string | null;
  readonly availableDate: string | null;
  readonly acknowledged: boolean;
  readonly acknowledgedDate: string | null;
}

/** A schedule by which reports are made. */
export interface ReportSchedule {
  readonly reportType: MwsReportType;
  readonly schedule: MwsSchedule;
  readonly scheduledDate: string | null;
}

/** Reads one element of a list. */
export type ItemReader<T> = (result: MwsResult, element: XmlElement) => T;

export const readReportRequestInfo: ItemReader<ReportRequestInfo> = (result, element) => ({
  reportRequestId: requiredText(result, element, "ReportRequestId"),
  reportType: requiredText(result, element, "ReportType"),
  startDate: optionalText(element, "StartDate"),
  endDate: optionalText(element, "EndDate"),
  scheduled: requiredBoolean(result, element, "Scheduled"),
  submittedDate: optionalText(element, "SubmittedDate"),
  reportProcessingStatus: requiredText(result, element, "ReportProcessingStatus"),
  generatedReportId: optionalText(element, "GeneratedReportId"),
  startedProcessingDate: optionalText(element, "StartedProcessingDate"),
  completedDate: optionalText(element, "CompletedDate"),
});

export const readReportInfo: ItemReader<ReportInfo> = (result, element) => ({
  reportId: requiredText(result, element, "ReportId"),
  reportType: requiredText(result, element, "ReportType"),
  reportRequestId: optionalText(element, "ReportRequestId"),
  availableDate: optionalText(element, "AvailableDate"),
  acknowledged: requiredBoolean(result, element, "Acknowledged"),
  acknowledgedDate: optionalText(element, "AcknowledgedDate"),
});

export const readReportSchedule: ItemReader<ReportSchedule> = (result, element) => ({
  reportType: requiredText(result, element, "ReportType"),
  schedule: requiredText(result, element, "Schedule"),
  scheduledDate: optionalText(element, "ScheduledDate"),
});
