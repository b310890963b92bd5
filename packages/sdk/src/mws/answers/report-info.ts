import type { REPORT_TYPES } from "../../operations/fields/shared.ts";
import type { AnyText } from "../../operations/open.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import { optionalText } from "../xml/members.ts";
import { type MwsResult, requiredBoolean, requiredText } from "./result.ts";

/** Report types of Amazon Pay in the spelling of MWS. */
export type MwsReportType = AnyText<(typeof REPORT_TYPES)[number]>;

/** Where the making of a report stands. `_DONE_NO_DATA_`: there was nothing to report. */
export type MwsReportStatus = AnyText<"_SUBMITTED_" | "_IN_PROGRESS_" | "_CANCELLED_" | "_DONE_" | "_DONE_NO_DATA_">;

/** How often a scheduled report is made. */
export type MwsSchedule = AnyText<
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
  /** Id of the request; the report has another one. */
  readonly reportRequestId: string;
  /** Type of the report. */
  readonly reportType: MwsReportType;
  /** Begin of what it is about, in ISO 8601. */
  readonly startDate: string | null;
  /** End of what it is about, in ISO 8601. */
  readonly endDate: string | null;
  /** Whether a schedule asked for it. */
  readonly scheduled: boolean;
  /** When it was asked for, in ISO 8601. */
  readonly submittedDate: string | null;
  /** How far it is: `_DONE_` has a report, `_DONE_NO_DATA_` and `_CANCELLED_` never will. */
  readonly reportProcessingStatus: MwsReportStatus;
  /** What `getReport` takes; `null` as long as there is no report. */
  readonly generatedReportId: string | null;
  /** When work on it began; null before. */
  readonly startedProcessingDate: string | null;
  /** When work on it ended; null before. */
  readonly completedDate: string | null;
}

/** A report that can be fetched. */
export interface ReportInfo {
  /** Id for `getReport`. */
  readonly reportId: string;
  /** Type of the report. */
  readonly reportType: MwsReportType;
  /** Request that it was made for. */
  readonly reportRequestId: string | null;
  /** When it was made, in ISO 8601. */
  readonly availableDate: string | null;
  /** Whether somebody has marked it as received; one flag for all who read these reports. */
  readonly acknowledged: boolean;
  /** When it was marked; null where it was not. */
  readonly acknowledgedDate: string | null;
}

/** A schedule by which reports are made. */
export interface ReportSchedule {
  /** There is one schedule for each type. */
  readonly reportType: MwsReportType;
  /** How often. */
  readonly schedule: MwsSchedule;
  /** When the next report is to be made, in ISO 8601. */
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
