import type { CellValue, KnownReportKind, ReportHeader, WriteReportOptions } from "@amazon-pay-kit/reports";

/** A report that is about to be made; a listener of `report.planned` may change its fate. */
export interface ReportPlan {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly startAt: number;
  readonly endAt: number;
  /** Why it is made. */
  readonly cause: "settlement" | "day" | "schedule" | "order";
  /** The settlement that it is about, for those made by themselves. */
  readonly settlementId: string | null;
  /** The id that it is to have; null for a fresh one. */
  readonly reportId: string | null;
  /** It never comes to be. */
  dropped: boolean;
  /** This many milliseconds later than usual. */
  delayMillis: number;
  /** Processing ends as FAILED. */
  failed: boolean;
}

/** A row that is about to be written. */
export interface DraftRow {
  readonly values: Record<string, CellValue>;
  readonly extra?: Record<string, string | null>;
}

/** The contents of a report before they are written; a listener of `report.drafted` may change them. */
export interface ReportDraft {
  readonly reportId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly reportType: string;
  readonly kind: KnownReportKind;
  readonly settlementId: string | null;
  header: ReportHeader;
  readonly rows: DraftRow[];
  options: WriteReportOptions;
  /** Run over the text of the file, in order, after it was written. */
  readonly damage: ((text: string) => string)[];
}

/** Lines above the first row: five of preamble and the column names, or the column names alone. */
function linesAbove(kind: KnownReportKind): number {
  return kind === "settlement" ? 6 : 1;
}

/** The physical line, from 1, on which a row of the draft starts: texts with line breaks take several. */
export function lineOfRow(draft: ReportDraft, index: number): number {
  let line = linesAbove(draft.kind) + 1;
  for (const row of draft.rows.slice(0, index)) {
    line += 1;
    for (const value of [...Object.values(row.values), ...Object.values(row.extra ?? {})]) {
      if (typeof value === "string") line += value.match(/\r\n|\r|\n/g)?.length ?? 0;
    }
  }
  return line;
}

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
