import { ControlError } from "../../control/control-error.ts";
import { optionalText, requiredText } from "../../control/read-members.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ControlRequest, ControlRoute } from "../../module.ts";
import { findMerchant } from "../../settlement/control/find-merchant.ts";
import { type Fields, instantOf, numberOf, truth, wholeNumber, wordOf } from "../../settlement/control/read-fields.ts";
import { orderReport } from "../making/make-report.ts";
import { showReport } from "../operations/show-report.ts";
import { REPORT_TYPE_FACTS } from "../report-types.ts";
import { configureReports, reportsSettings, type ReportsSettings } from "../settings.ts";

const REPORT_ID = /^[1-9]\d{0,19}$/;
const ORDERABLE = REPORT_TYPE_FACTS.filter((facts) => facts.orderable).map((facts) => facts.type);

/**
 * `POST /_sandbox/reports`: a report that is complete at once, under an id of the caller's choice where a test needs a
 * known one.
 *
 * @throws ControlError
 */
function makeReport(engine: Engine, body: Fields): unknown {
  const { merchantId } = findMerchant(engine, requiredText(body, "merchantId"));
  const environment = wordOf("environment", body["environment"] ?? "sandbox", ["sandbox", "live"]);
  const reportType = wordOf("reportType", body["reportType"], ORDERABLE);
  const startAt = instantOf("startTime", body["startTime"]);
  const endAt = instantOf("endTime", body["endTime"]);
  if (endAt <= startAt) throw new ControlError("control.invalid", "endTime: it must lie after startTime");
  if (endAt > engine.now()) throw new ControlError("control.invalid", "endTime: it lies in the future");
  const reportId = optionalText(body, "reportId");
  if (reportId !== undefined && !REPORT_ID.test(reportId)) {
    throw new ControlError("control.invalid", "reportId: report ids are texts of 1 to 20 digits");
  }
  if (reportId !== undefined && engine.state.reports.get(reportId) !== undefined) {
    throw new ControlError("control.conflict", `there is a report ${reportId} already`);
  }
  const order = { merchantId, environment, reportType, startAt, endAt, cause: "order" } as const;
  const report = orderReport(engine, reportId === undefined ? order : { ...order, reportId }, { atOnce: true });
  if (report === undefined) {
    throw new ControlError("control.conflict", "a discrepancy that waits for the next report has held it back");
  }
  return showReport(report);
}

type Readers = { readonly [Name in keyof ReportsSettings]: (value: unknown) => ReportsSettings[Name] };

const YEAR_IN_MINUTES = 527_040;

const READERS: Readers = {
  bom: (value) => wordOf("bom", value, ["auto", "always", "never"]),
  lineEnd: (value) => wordOf("lineEnd", value, ["lf", "crlf"]),
  thousands: (value) => truth("thousands", value),
  padDecimals: (value) => truth("padDecimals", value),
  zeros: (value) => wordOf("zeros", value, ["bare", "digits"]),
  spaceBeforeOffset: (value) => truth("spaceBeforeOffset", value),
  offsetMinutes: (value) => wholeNumber("offsetMinutes", value, -840, 840),
  quoting: (value) => wordOf("quoting", value, ["all", "minimal"]),
  rowPerState: (value) => truth("rowPerState", value),
  compression: (value) => wordOf("compression", value, ["none", "gzip", "zip"]),
  daily: (value) => truth("daily", value),
  automaticAfterMinutes: (value) => wholeNumber("automaticAfterMinutes", value, 0, YEAR_IN_MINUTES),
  startsAfterSeconds: (value) => wholeNumber("startsAfterSeconds", value, 0, 86_400),
  endsAfterSeconds: (value) => wholeNumber("endsAfterSeconds", value, 0, 86_400),
  mwsNamespace: (value) => wordOf("mwsNamespace", value, ["mws.amazonaws.com", "mws.amazonservices.com"]),
  mwsBlanks: (value) => truth("mwsBlanks", value),
  scheduleConflictStatus: (value) => numberOf("scheduleConflictStatus", value, [400, 409]),
};

/**
 * Reads the settings that a caller wants changed.
 *
 * @throws ControlError for values that no setting can have
 */
function readReportsSettings(body: Fields): Partial<ReportsSettings> {
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(body) as (keyof ReportsSettings)[]) changes[name] = READERS[name](body[name]);
  return changes;
}

/** The control calls of the reports, below `/_sandbox`. */
export function reportsControl(engine: Engine): ControlRoute[] {
  const show = ({ params }: ControlRequest): unknown =>
    reportsSettings(engine, findMerchant(engine, params["merchantId"] ?? "").merchantId);
  const change = (request: ControlRequest): unknown => {
    const { merchantId } = findMerchant(engine, request.params["merchantId"] ?? "");
    configureReports(engine, merchantId, readReportsSettings(request.body));
    return show(request);
  };
  return [
    { method: "GET", path: "/merchants/:merchantId/reports", handle: show },
    { method: "POST", path: "/merchants/:merchantId/reports", members: Object.keys(READERS), handle: change },
    {
      method: "POST",
      path: "/reports",
      members: ["merchantId", "environment", "reportType", "startTime", "endTime", "reportId"],
      handle: ({ body }) => makeReport(engine, body),
    },
  ];
}
