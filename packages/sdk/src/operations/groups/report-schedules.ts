import { createReportScheduleFields, createReportScheduleQuery, listReportSchedulesQuery } from "../fields/reports.ts";
import { operation } from "../operation.ts";

export const getReportSchedules = operation("getReportSchedules", "GET", "/report-schedules", [200], {
  query: listReportSchedulesQuery,
});

export const getReportScheduleById = operation(
  "getReportScheduleById",
  "GET",
  "/report-schedules/{reportScheduleId}",
  [200],
);

export const createReportSchedule = operation("createReportSchedule", "POST", "/report-schedules", [201], {
  body: createReportScheduleFields,
  query: createReportScheduleQuery,
});

export const cancelReportSchedule = operation(
  "cancelReportSchedule",
  "DELETE",
  "/report-schedules/{reportScheduleId}",
  [200],
);
