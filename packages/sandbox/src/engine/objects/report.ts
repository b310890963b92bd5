export type ReportProcessingStatus = "IN_PROGRESS" | "COMPLETED" | "FAILED" | "CANCELLED";

/** A report as the listing shows it. */
export interface Report {
  readonly reportId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly createdAt: number;
  /** Why it was made: with a settlement, at the end of a day, by a schedule, or on order. */
  readonly cause: "settlement" | "day" | "schedule" | "order";
  processingStatus: ReportProcessingStatus;
  processingStartAt: number | null;
  processingEndAt: number | null;
  reportDocumentId: string | null;
  /** Not listed before this moment: late reports. */
  visibleAt: number;
  /** MWS side: report request id, and whether the merchant acknowledged it. */
  readonly reportRequestId: string;
  acknowledgedAt: number | null;
}

/** The bytes of a report. */
export interface ReportDocument {
  readonly reportDocumentId: string;
  readonly merchantId: string;
  readonly bytes: Uint8Array;
  /** `N/A`, `GZIP` or `ZIP`. */
  readonly compressionAlgorithm: string;
}

/** A standing order for reports; one per type. */
export interface ReportSchedule {
  readonly reportScheduleId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly scheduleFrequency: string;
  nextReportCreationAt: number;
}
