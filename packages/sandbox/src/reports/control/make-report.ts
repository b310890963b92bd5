import { findMerchant } from "../../settlement/control/find-merchant.ts";
import { instantOf, wordOf, type Fields } from "../../settlement/control/read-fields.ts";
import { ControlError } from "../../control/control-error.ts";
import { onlyMembers, optionalText, requiredText } from "../../control/read-members.ts";
import type { Engine } from "../../engine/engine.ts";
import { orderReport } from "../making/make-report.ts";
import { showReport } from "../operations/show-report.ts";
import { REPORT_TYPE_FACTS } from "../report-types.ts";

const REPORT_ID = /^[1-9]\d{0,19}$/;
const ORDERABLE = REPORT_TYPE_FACTS.filter((facts) => facts.orderable).map((facts) => facts.type);

/**
 * `POST /_sandbox/reports`: a report that is complete at once, under an id of the caller's choice where a test needs a
 * known one.
 *
 * @throws ControlError
 */
export function makeReport(engine: Engine, body: Fields): unknown {
  onlyMembers(body, "merchantId", "environment", "reportType", "startTime", "endTime", "reportId");
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
