import type { REPORT_TYPES } from "../operations/fields/shared.ts";
import type { SCHEDULE_FREQUENCIES } from "../operations/fields/reports.ts";
import type { Timestamp, TimestampInput } from "./instant.ts";
import type { Open } from "./open.ts";

/** Types of report. */
export type ReportType = Open<(typeof REPORT_TYPES)[number]>;

/** How far a report is. `CANCELLED` is also what a report without data becomes. */
export type ReportStatus = Open<"IN_PROGRESS" | "COMPLETED" | "FAILED" | "CANCELLED">;

/** How often a report is made. */
export type ScheduleFrequency = Open<(typeof SCHEDULE_FREQUENCIES)[number]>;

/** A report: reference 4.12.4. */
export interface Report {
  reportId: string;
  reportType: ReportType;
  startTime: Timestamp | null;
  endTime: Timestamp | null;
  createdTime: Timestamp;
  processingStatus: ReportStatus;
  processingStartTime: Timestamp | null;
  processingEndTime: Timestamp | null;
  /** Present once the status is `COMPLETED`. */
  reportDocumentId: string | null;
}

/** Query of `reports.list`. */
export interface ReportQuery {
  /** Default: all. */
  readonly reportTypes?: readonly ReportType[] | ReportType;
  /** Default: all. */
  readonly processingStatuses?: readonly ReportStatus[] | ReportStatus;
  /** Default: 90 days ago; older reports are not kept. */
  readonly createdSince?: TimestampInput;
  /** Default: now. */
  readonly createdUntil?: TimestampInput;
  /** 1 to 100. Default 10. */
  readonly pageSize?: number;
  /** Stands for a whole query: nothing else may be given with it. */
  readonly nextToken?: string;
}

/** One page of reports. */
export interface ReportPage {
  reports: Report[];
  nextToken?: string | null;
}

/** Request of `reports.create`. */
export interface ReportCreate {
  /** Settlement reports cannot be requested: they are made by themselves. */
  readonly reportType: ReportType;
  readonly startTime: TimestampInput;
  /** In the past. */
  readonly endTime: TimestampInput;
}

/** Answer of `reports.create`. */
export interface ReportCreated {
  reportId: string;
}

/** Answer of `reportDocuments.retrieve`. */
export interface ReportDocument {
  reportDocumentId: string;
  /** Signed in advance, and good for 30 seconds only. */
  url: string;
  /** Not to be relied on; `download` looks at the bytes. */
  compressionAlgorithm: string | null;
}

/** A schedule: reference 4.12.5. */
export interface ReportSchedule {
  reportScheduleId: string;
  reportType: ReportType;
  scheduleFrequency: ScheduleFrequency;
  nextReportCreationTime: Timestamp | null;
}

/** Query of `reportSchedules.list`. */
export interface ReportScheduleQuery {
  /** Default: all. */
  readonly reportTypes?: readonly ReportType[] | ReportType;
}

/** Answer of `reportSchedules.list`. */
export interface ReportScheduleList {
  reportSchedules: ReportSchedule[];
}

/** Request of `reportSchedules.create`. */
export interface ReportScheduleCreate {
  readonly reportType: ReportType;
  readonly scheduleFrequency: ScheduleFrequency;
  readonly nextReportCreationTime?: TimestampInput;
  /** There is one schedule per report type: replace it. Default false. */
  readonly deleteExistingSchedule?: boolean;
}

/** Answer of `reportSchedules.create`. */
export interface ReportScheduleCreated {
  reportScheduleId: string;
}
