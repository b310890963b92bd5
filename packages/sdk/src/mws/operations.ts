/** Actions of the MWS Reports API that this client calls. */
export type MwsAction =
  | "RequestReport"
  | "GetReportRequestList"
  | "GetReportRequestListByNextToken"
  | "GetReportRequestCount"
  | "CancelReportRequests"
  | "GetReportList"
  | "GetReportListByNextToken"
  | "GetReportCount"
  | "GetReport"
  | "UpdateReportAcknowledgements"
  | "ManageReportSchedule"
  | "GetReportScheduleList"
  | "GetReportScheduleListByNextToken"
  | "GetReportScheduleCount";

/** One action: how often it may be called, and whether it may be called again when its answer was lost. */
export interface MwsOperation {
  /** Calls that may be made at once. */
  readonly burst: number;
  /** Milliseconds after which one more call may be made. */
  readonly restoreMs: number;
  /** Calls in any hour. */
  readonly hourly: number;
  /** Whether a repetition does no harm. A repeated `RequestReport` makes a second report. */
  readonly repeatable: boolean;
}

const row = (burst: number, restoreSeconds: number, hourly: number, repeatable = true): MwsOperation => ({
  burst,
  restoreMs: restoreSeconds * 1000,
  hourly,
  repeatable,
});

/** The published quotas, counted per seller and developer (MWS Reports API reference). */
export const MWS_OPERATIONS: Readonly<Record<MwsAction, MwsOperation>> = {
  RequestReport: row(15, 60, 60, false),
  GetReportRequestList: row(10, 45, 80),
  GetReportRequestListByNextToken: row(30, 2, 1800),
  GetReportRequestCount: row(10, 45, 80),
  CancelReportRequests: row(10, 45, 80),
  GetReportList: row(10, 60, 60),
  GetReportListByNextToken: row(30, 2, 1800),
  GetReportCount: row(10, 45, 80),
  GetReport: row(15, 60, 60),
  UpdateReportAcknowledgements: row(10, 45, 80),
  ManageReportSchedule: row(10, 45, 80),
  GetReportScheduleList: row(10, 45, 80),
  // The one quota that no page gives; its two siblings have this.
  GetReportScheduleListByNextToken: row(30, 2, 1800),
  GetReportScheduleCount: row(10, 45, 80),
};

/** Path and version of the Reports API. */
export const REPORTS_PATH = "/Reports/2009-01-01";
export const REPORTS_VERSION = "2009-01-01";
