import { findMerchant } from "../../settlement/control/find-merchant.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ControlRequest, ControlRoute } from "../../module.ts";
import { configureReports, reportsSettings } from "../settings.ts";
import { makeReport } from "./make-report.ts";
import { readReportsSettings } from "./read-reports-settings.ts";

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
    { method: "POST", path: "/merchants/:merchantId/reports", handle: change },
    { method: "POST", path: "/reports", handle: ({ body }) => makeReport(engine, body) },
  ];
}
