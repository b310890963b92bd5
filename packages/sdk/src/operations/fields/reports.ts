import type { FieldTable } from "./field.ts";
import { boolean, merged, oneOf, required, separated, timestamp } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { paging, REPORT_TYPES } from "./shared.ts";

/** Query of `reports.list`. */
export const listReportsQuery = lazy((): FieldTable =>
  merged(
    {
      reportTypes: separated(REPORT_TYPES),
      processingStatuses: separated(["IN_PROGRESS", "COMPLETED", "FAILED", "CANCELLED"]),
      createdSince: timestamp,
      createdUntil: timestamp,
    },
    paging(),
  ),
);

export const createReportFields = lazy((): FieldTable => ({
  reportType: required(oneOf(REPORT_TYPES)),
  startTime: required(timestamp),
  endTime: required(timestamp),
}));

/** Query of `reportSchedules.list`. */
export const listReportSchedulesQuery = lazy((): FieldTable => ({ reportTypes: separated(REPORT_TYPES) }));

/** How often a scheduled report is made (docs/amazon-pay/operations.md). */
export const SCHEDULE_FREQUENCIES = [
  "PT5M",
  "PT15M",
  "PT30M",
  "PT1H",
  "PT2H",
  "PT4H",
  "PT8H",
  "PT12H",
  "PT24H",
  "PT84H",
  "P1D",
  "P2D",
  "P3D",
  "P7D",
  "P14D",
  "P15D",
  "P18D",
  "P30D",
] as const;

export const createReportScheduleFields = lazy((): FieldTable => ({
  reportType: required(oneOf(REPORT_TYPES)),
  scheduleFrequency: required(oneOf(SCHEDULE_FREQUENCIES)),
  nextReportCreationTime: timestamp,
  deleteExistingSchedule: boolean,
}));

/** The page documents the flag as a query parameter, the official clients send it in the body: both are known. */
export const createReportScheduleQuery = lazy((): FieldTable => ({ deleteExistingSchedule: boolean }));

/** Query of `disbursements.list`. */
export const listDisbursementsQuery = lazy((): FieldTable =>
  merged({ startTime: timestamp, endTime: timestamp }, paging()),
);
