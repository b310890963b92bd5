import type { REPORT_TYPES } from "../operations/fields/shared.ts";
import type { SCHEDULE_FREQUENCIES } from "../operations/fields/reports.ts";
import type { Timestamp, TimestampInput } from "./instant.ts";
import type { Closed, Open } from "../operations/open.ts";
import type { ReportDocumentId, ReportId, ReportScheduleId } from "./ids.ts";

/** Types of report that Amazon Pay makes. */
export type KnownReportType = (typeof REPORT_TYPES)[number];

/** Type of a report. */
export type ReportType = Open<KnownReportType>;

/** How far a report can be. `CANCELLED` is also what a report without data becomes. */
export type KnownReportStatus = "IN_PROGRESS" | "COMPLETED" | "FAILED" | "CANCELLED";

/** How far a report is. `CANCELLED` is also what a report without data becomes. */
export type ReportStatus = Open<KnownReportStatus>;

/** How often a report can be made. */
export type KnownScheduleFrequency = (typeof SCHEDULE_FREQUENCIES)[number];

/** How often a report is made. */
export type ScheduleFrequency = Open<KnownScheduleFrequency>;

/** A report. */
export interface Report {
  /** Decimal text. */
  reportId: ReportId;
  /** Type of the report. */
  reportType: ReportType;
  /** Begin of what it is about. */
  startTime: Timestamp | null;
  /** End of what it is about. */
  endTime: Timestamp | null;
  /** When it was asked for, or made by itself. */
  createdTime: Timestamp;
  /** How far it is. */
  processingStatus: ReportStatus;
  /** When work on it began; null before. */
  processingStartTime: Timestamp | null;
  /** When work on it ended; null before. */
  processingEndTime: Timestamp | null;
  /** Present once the status is `COMPLETED`. */
  reportDocumentId: ReportDocumentId | null;
}

/** Query of `reports.list`. */
export interface ReportQuery {
  /** Default: all. */
  readonly reportTypes?: readonly Closed<KnownReportType>[] | Closed<KnownReportType>;
  /** Default: all. */
  readonly processingStatuses?: readonly Closed<KnownReportStatus>[] | Closed<KnownReportStatus>;
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
  /** In the service's order. */
  reports: Report[];
  /** For the next page; null or missing on the last one. */
  nextToken?: string | null;
}

/** Request of `reports.create`. */
export interface ReportCreate {
  /** Settlement reports cannot be requested; Amazon Pay creates them automatically. */
  readonly reportType: Closed<KnownReportType>;
  /** Begin of what it is about. */
  readonly startTime: TimestampInput;
  /** In the past. */
  readonly endTime: TimestampInput;
}

/** Answer of `reports.create`. */
export interface ReportCreated {
  /** Read it until its status is no longer `IN_PROGRESS`. */
  reportId: ReportId;
}

/** Answer of `reportDocuments.retrieve`. */
export interface ReportDocument {
  /** Id that it was asked for by. */
  reportDocumentId: ReportDocumentId;
  /** Signed in advance, and good for 30 seconds only. */
  url: string;
  /** Not to be relied on; `download` looks at the bytes. */
  compressionAlgorithm: string | null;
}

/** A schedule. */
export interface ReportSchedule {
  /** Id for `retrieve` and `cancel`. */
  reportScheduleId: ReportScheduleId;
  /** There is one schedule for each type. */
  reportType: ReportType;
  /** How often, as an ISO 8601 duration. */
  scheduleFrequency: ScheduleFrequency;
  /** When the next report is to be made. */
  nextReportCreationTime: Timestamp | null;
}

/** Query of `reportSchedules.list`. */
export interface ReportScheduleQuery {
  /** Default: all. */
  readonly reportTypes?: readonly Closed<KnownReportType>[] | Closed<KnownReportType>;
}

/** Answer of `reportSchedules.list`. */
export interface ReportScheduleList {
  /** All of them: the service does not page schedules. */
  reportSchedules: ReportSchedule[];
}

/** Request of `reportSchedules.create`. */
export interface ReportScheduleCreate {
  /** There is one schedule for each type. */
  readonly reportType: Closed<KnownReportType>;
  /** How often, as an ISO 8601 duration. */
  readonly scheduleFrequency: Closed<KnownScheduleFrequency>;
  /** When the first is to be made. */
  readonly nextReportCreationTime?: TimestampInput;
  /** There is one schedule per report type: replace it. Default false. */
  readonly deleteExistingSchedule?: boolean;
}

/** Answer of `reportSchedules.create`. */
export interface ReportScheduleCreated {
  /** Id for `retrieve` and `cancel`. */
  reportScheduleId: ReportScheduleId;
}
