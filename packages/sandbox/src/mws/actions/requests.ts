import type { Engine } from "../../engine/engine.ts";
import type { Report } from "../../engine/objects/index.ts";
import { orderReport, RETENTION } from "../../reports/making/make-report.ts";
import { cancelReport } from "../../reports/making/process-report.ts";
import { findReports } from "../../reports/operations/list-reports.ts";
import { mayOrder, REPORT_TYPE_FACTS, reportTypeFacts } from "../../reports/report-types.ts";
import type { ActionCall, MwsAction } from "../action.ts";
import { requiredParameter, type Parameters } from "../access/read-parameters.ts";
import { countParameter, listParameter, timeParameter, wordsParameter } from "../filters.ts";
import { MwsError } from "../mws-error.ts";
import { firstPage, nextPage, pageElements, type Listing } from "../pages.ts";
import { MWS_STATUSES, mwsStatus } from "../status.ts";
import { element, type Element } from "../xml/element.ts";
import { requestInfo } from "./show.ts";

const LISTING = "GetReportRequestList";
export const REPORT_TYPE_NAMES = REPORT_TYPE_FACTS.map((facts) => facts.type);

/** Report requests that fit the filters, newest first. Named ids put all other filters out of force. */
function requestsOf(engine: Engine, merchantId: string, { parameters, asOf }: Listing): Report[] {
  const now = engine.now();
  const ids = listParameter(parameters, "ReportRequestIdList.Id");
  const types = wordsParameter(parameters, "ReportTypeList.Type", REPORT_TYPE_NAMES);
  const statuses = wordsParameter(parameters, "ReportProcessingStatusList.Status", MWS_STATUSES);
  const createdSince = timeParameter(parameters, "RequestedFromDate") ?? asOf - RETENTION;
  const createdUntil = Math.min(timeParameter(parameters, "RequestedToDate") ?? asOf, asOf);
  if (ids !== undefined) {
    return findReports(engine, { merchantId }, now).filter((report) => ids.includes(report.reportRequestId));
  }
  const filter = { merchantId, createdSince, createdUntil, ...(types === undefined ? {} : { types }) };
  const found = findReports(engine, filter, now);
  return statuses === undefined ? found : found.filter((report) => statuses.includes(mwsStatus(report)));
}

function list({ engine, merchant }: ActionCall, listing: Listing): Element[] {
  const rows = requestsOf(engine, merchant.merchantId, listing);
  return pageElements(LISTING, listing, rows, countParameter(listing.parameters), (report) => requestInfo(report));
}

/** The actions around report requests. */
export const REQUEST_ACTIONS: Readonly<Record<string, MwsAction>> = {
  __proto__: null as never,
  RequestReport: {
    quota: { burst: 15, restoreSeconds: 60, hourly: 60 },
    run: (call) => [requestInfo(order(call))],
  },
  GetReportRequestList: {
    quota: { burst: 10, restoreSeconds: 45, hourly: 80 },
    run: (call) => list(call, firstPage(call.parameters, call.engine.now())),
  },
  GetReportRequestListByNextToken: {
    quota: { burst: 30, restoreSeconds: 2, hourly: 1800 },
    run: (call) => list(call, nextPage(LISTING, call.parameters)),
  },
  GetReportRequestCount: {
    quota: { burst: 10, restoreSeconds: 45, hourly: 80 },
    run: ({ engine, merchant, parameters }) => [
      element("Count", String(requestsOf(engine, merchant.merchantId, firstPage(parameters, engine.now())).length)),
    ],
  },
  CancelReportRequests: {
    quota: { burst: 10, restoreSeconds: 45, hourly: 80 },
    run: ({ engine, merchant, parameters }) => {
      const found = requestsOf(engine, merchant.merchantId, firstPage(parameters, engine.now()));
      const cancelled = found.filter((report) => mwsStatus(report) === "_SUBMITTED_");
      for (const report of cancelled) cancelReport(engine, report);
      return [element("Count", String(cancelled.length)), ...cancelled.map((report) => requestInfo(report))];
    },
  },
};

function order({ engine, merchant, parameters, strict }: ActionCall): Report {
  const type = requiredParameter(parameters, "ReportType");
  const facts = reportTypeFacts(type);
  // MWS has no environments: what is ordered here is of the sandbox, as the sandbox settlement is.
  if (facts === undefined || !mayOrder(facts, "sandbox", strict)) {
    throw new MwsError("InvalidParameterValue", "ReportType: a report of this type cannot be requested.");
  }
  const endAt = timeParameter(parameters, "EndDate") ?? engine.now();
  const startAt = timeParameter(parameters, "StartDate") ?? endAt;
  if (startAt > endAt) throw new MwsError("InvalidParameterValue", "StartDate must not be later than EndDate.");
  const { merchantId } = merchant;
  const report = orderReport(engine, {
    merchantId,
    environment: "sandbox",
    reportType: facts.type,
    startAt,
    endAt,
    cause: "order",
  });
  if (report === undefined) throw new MwsError("ServiceUnavailable", "The report cannot be requested at the moment.");
  return report;
}

/** The reports that a list of ids names. @throws MwsError where one is not the merchant's */
export function namedReports(engine: Engine, merchantId: string, parameters: Parameters): Report[] {
  const ids = listParameter(parameters, "ReportIdList.Id");
  if (ids === undefined)
    throw new MwsError("MissingParameter", "The request must contain the parameter ReportIdList.Id.1.");
  const listed = new Map(findReports(engine, { merchantId }, engine.now()).map((report) => [report.reportId, report]));
  return ids.map((id) => {
    const report = listed.get(id);
    if (report?.processingStatus !== "COMPLETED") {
      throw new MwsError("InvalidParameterValue", `ReportIdList: there is no report ${id.slice(0, 40)}.`);
    }
    return report;
  });
}
