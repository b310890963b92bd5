import { createReportScheduleFields, createReportScheduleQuery, listReportSchedulesQuery } from "../fields/reports.ts";
import type { Operation } from "../operation.ts";

export const getReportSchedules = {
  name: "getReportSchedules",
  method: "GET",
  path: "/report-schedules",
  success: [200],
  idempotency: "none",
  query: listReportSchedulesQuery,
} as const satisfies Operation;

export const getReportScheduleById = {
  name: "getReportScheduleById",
  method: "GET",
  path: "/report-schedules/{reportScheduleId}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;

export const createReportSchedule = {
  name: "createReportSchedule",
  method: "POST",
  path: "/report-schedules",
  success: [201],
  idempotency: "optional",
  body: createReportScheduleFields,
  query: createReportScheduleQuery,
} as const satisfies Operation;

export const cancelReportSchedule = {
  name: "cancelReportSchedule",
  method: "DELETE",
  path: "/report-schedules/{reportScheduleId}",
  success: [200],
  idempotency: "none",
} as const satisfies Operation;
