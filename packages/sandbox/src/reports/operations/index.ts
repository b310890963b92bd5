import type { Handlers } from "../../api/operations/handlers.ts";
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
export const reportHandlers = {
  getReports,
  getReportById,
  getReportDocument,
  createReport,
  getReportSchedules,
  getReportScheduleById,
  createReportSchedule,
  cancelReportSchedule,
  getDisbursements,
} satisfies Handlers;
