import { createHash } from "node:crypto";
import { injectIntoDelivery } from "../../discrepancies/inject.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Report } from "../../engine/objects/index.ts";
import { isListed, findReports } from "../../reports/operations/list-reports.ts";
import { RETENTION } from "../../reports/making/make-report.ts";
import type { Answer } from "../../http/call.ts";
import type { ActionCall, MwsAction } from "../action.ts";
import { requiredParameter } from "../access/read-parameters.ts";
import { booleanParameter, countParameter, listParameter, timeParameter, wordsParameter } from "../filters.ts";
import { MwsError } from "../mws-error.ts";
import { firstPage, nextPage, pageElements, type Listing } from "../pages.ts";
import { element, type Element } from "../xml/element.ts";
import { namedReports, REPORT_TYPE_NAMES } from "./requests.ts";
import { reportInfo } from "./show.ts";

const LISTING = "GetReportList";

/** Reports that can be fetched and fit the filters, newest first. */
function reportsOf(engine: Engine, merchantId: string, { parameters, asOf }: Listing): Report[] {
  const ids = listParameter(parameters, "ReportRequestIdList.Id");
  const types = wordsParameter(parameters, "ReportTypeList.Type", REPORT_TYPE_NAMES);
  const acknowledged = booleanParameter(parameters, "Acknowledged");
  const since = timeParameter(parameters, "AvailableFromDate") ?? asOf - RETENTION;
  const until = Math.min(timeParameter(parameters, "AvailableToDate") ?? asOf, asOf);
  return findReports(engine, { merchantId, statuses: ["COMPLETED"] }, engine.now()).filter((report) => {
    if (ids !== undefined) return ids.includes(report.reportRequestId);
    const at = report.processingEndAt ?? report.createdAt;
    if (at < since || at > until) return false;
    if (types?.includes(report.reportType) === false) return false;
    return acknowledged === undefined || acknowledged === (report.acknowledgedAt !== null);
  });
}

function list({ engine, merchant }: ActionCall, listing: Listing): Element[] {
  const rows = reportsOf(engine, merchant.merchantId, listing);
  return pageElements(LISTING, listing, rows, countParameter(listing.parameters), reportInfo);
}

/** The actions around reports. */
export const REPORT_ACTIONS: Readonly<Record<string, MwsAction>> = {
  __proto__: null as never,
  GetReportList: {
    quota: { burst: 10, restoreSeconds: 60, hourly: 60 },
    run: (call) => list(call, firstPage(call.parameters, call.engine.now())),
  },
  GetReportListByNextToken: {
    quota: { burst: 30, restoreSeconds: 2, hourly: 1800 },
    run: (call) => list(call, nextPage(LISTING, call.parameters)),
  },
  GetReportCount: {
    quota: { burst: 10, restoreSeconds: 45, hourly: 80 },
    run: ({ engine, merchant, parameters }) => [
      element("Count", String(reportsOf(engine, merchant.merchantId, firstPage(parameters, engine.now())).length)),
    ],
  },
  GetReport: {
    quota: { burst: 15, restoreSeconds: 60, hourly: 60 },
    run: ({ engine, merchant, parameters }) =>
      fetchReport(engine, merchant.merchantId, requiredParameter(parameters, "ReportId")),
  },
  UpdateReportAcknowledgements: {
    quota: { burst: 10, restoreSeconds: 45, hourly: 80 },
    run: ({ engine, merchant, parameters }) => {
      const acknowledged = booleanParameter(parameters, "Acknowledged") ?? true;
      const reports = namedReports(engine, merchant.merchantId, parameters);
      for (const report of reports) {
        if (acknowledged) report.acknowledgedAt ??= engine.now();
        else report.acknowledgedAt = null;
        engine.state.reports.put(report.reportId, report);
      }
      return [element("Count", String(reports.length)), ...reports.map((report) => reportInfo(report))];
    },
  },
};

/** The bytes themselves, not packed, with their checksum: MWS promises no less. */
function fetchReport(engine: Engine, merchantId: string, reportId: string): Answer {
  const report = engine.state.reports.get(reportId.trim());
  const document = engine.state.reportDocuments.get(report?.reportDocumentId ?? "");
  const mine = report?.merchantId === merchantId && isListed(report, engine.now());
  if (report === undefined || document === undefined || !mine) {
    throw new MwsError("InvalidParameterValue", `ReportId: there is no report ${reportId.slice(0, 40)} to fetch.`);
  }
  const contentMd5 = createHash("md5").update(document.bytes).digest("base64");
  return {
    status: 200,
    headers: {
      "content-type": "text/plain;charset=UTF-8",
      "content-length": String(document.bytes.length),
      "content-md5": injectIntoDelivery(engine, { ...report, contentMd5 }),
    },
    body: document.bytes,
  };
}
