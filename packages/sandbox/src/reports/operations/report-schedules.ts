import { formatCompact } from "@amazon-pay-kit/money";
import type { OperationCall, OperationHandler } from "../../api/operation-call.ts";
import type { ReportSchedule } from "../../engine/objects/index.ts";
import { dropSchedule, makeSchedule, scheduleOf } from "../making/scheduled-reports.ts";
import { maySchedule } from "../report-types.ts";
import { reportsSettings } from "../settings.ts";
import { instantOf, invalid, typeOf } from "./create-report.ts";
import { notFound } from "./get-report.ts";

function showSchedule(schedule: ReportSchedule): Readonly<Record<string, string>> {
  return {
    nextReportCreationTime: formatCompact(schedule.nextReportCreationAt),
    reportScheduleId: schedule.reportScheduleId,
    reportType: schedule.reportType,
    scheduleFrequency: schedule.scheduleFrequency,
  };
}

/** `GET /report-schedules` */
export const getReportSchedules: OperationHandler = ({ engine, merchant, environment, query }) => {
  const types = query["reportTypes"] ? query["reportTypes"].split(",").map((word) => word.trim()) : undefined;
  const found = [...engine.state.reportSchedules.under("merchant", merchant.merchantId)].filter(
    (schedule) => schedule.environment === environment && (types === undefined || types.includes(schedule.reportType)),
  );
  return { body: { reportSchedules: found.map((schedule) => showSchedule(schedule)) } };
};

function findSchedule({ engine, merchant, environment, params }: OperationCall): ReportSchedule {
  const id = params["reportScheduleId"] ?? "";
  const schedule = engine.state.reportSchedules.get(id);
  if (schedule?.merchantId !== merchant.merchantId || schedule.environment !== environment) {
    throw notFound("report schedule", id);
  }
  return schedule;
}

/** `GET /report-schedules/{reportScheduleId}` */
export const getReportScheduleById: OperationHandler = (call) => ({ body: showSchedule(findSchedule(call)) });

/** `POST /report-schedules`: one per type; another takes its place only where the caller says so. */
export const createReportSchedule: OperationHandler = (call) => {
  const { engine, merchant, environment, body, query, settings } = call;
  const { merchantId } = merchant;
  const facts = typeOf(call);
  if (!maySchedule(facts, environment, settings.strict)) {
    throw invalid("reportType", `reports of this type cannot be scheduled in ${environment}`);
  }
  const first = body["nextReportCreationTime"] ?? "";
  const firstAt = first === "" ? undefined : instantOf(first, "nextReportCreationTime");
  const present = scheduleOf(engine, merchantId, environment, facts.type);
  if (present !== undefined) {
    // The document has the flag in the query, the official clients send it in the body, one of them as text.
    const flags = [body["deleteExistingSchedule"], query["deleteExistingSchedule"]];
    if (!flags.some((flag) => flag === true || flag === "true")) {
      return {
        status: reportsSettings(engine, merchantId).scheduleConflictStatus,
        body: {
          reasonCode: "InvalidRequest",
          message: `There is a schedule for ${facts.type} already: ${present.reportScheduleId}. Set deleteExistingSchedule to replace it.`,
        },
      };
    }
    dropSchedule(engine, present);
  }
  const schedule = makeSchedule(engine, {
    merchantId,
    environment,
    reportType: facts.type,
    scheduleFrequency: String(body["scheduleFrequency"]),
    firstAt,
  });
  return { body: { reportScheduleId: schedule.reportScheduleId } };
};

/** `DELETE /report-schedules/{reportScheduleId}` */
export const cancelReportSchedule: OperationHandler = (call) => {
  dropSchedule(call.engine, findSchedule(call));
  return { body: {} };
};
