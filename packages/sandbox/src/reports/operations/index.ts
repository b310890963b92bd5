import type { OperationHandler } from "../../api/operation-call.ts";
import { createReport } from "./create-report.ts";
import { getDisbursements } from "./get-disbursements.ts";
import { getReportById, getReportDocument } from "./get-report.ts";
import { getReports } from "./list-reports.ts";
import {
  cancelReportSchedule,
  createReportSchedule,
  getReportScheduleById,
  getReportSchedules,
} from "./report-schedules.ts";

/** The operations of the Reports API by name. */
export const REPORT_OPERATIONS: Readonly<Record<string, OperationHandler>> = {
  getReports,
  getReportById,
  getReportDocument,
  createReport,
  getReportSchedules,
  getReportScheduleById,
  createReportSchedule,
  cancelReportSchedule,
  getDisbursements,
};
