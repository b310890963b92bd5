import type { OperationHandler } from "../../api/operation-call.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Report } from "../../engine/objects/index.ts";
import { RETENTION } from "../making/make-report.ts";
import { optionalInstant } from "./create-report.ts";
import { pageOf, readMark } from "./page.ts";
import { showReport } from "./show-report.ts";

/** Whether a report is to be seen: it has come to be and is not past its 90 days. */
export function isListed(report: Report, now: number): boolean {
  return report.visibleAt <= now && report.createdAt > now - RETENTION;
}

/** Which reports a listing is of. */
export interface ReportFilter {
  readonly merchantId: string;
  readonly environment?: "sandbox" | "live";
  readonly types?: readonly string[];
  readonly statuses?: readonly string[];
  readonly createdSince?: number;
  readonly createdUntil?: number;
}

/** Reports that may be seen at a moment, newest first. */
export function findReports(engine: Engine, filter: ReportFilter, now: number): Report[] {
  const found: Report[] = [];
  for (const report of engine.state.reports.under("merchant", filter.merchantId)) {
    if (!isListed(report, now)) continue;
    if (filter.environment !== undefined && report.environment !== filter.environment) continue;
    if (filter.types !== undefined && !filter.types.includes(report.reportType)) continue;
    if (filter.statuses !== undefined && !filter.statuses.includes(report.processingStatus)) continue;
    if (filter.createdSince !== undefined && report.createdAt < filter.createdSince) continue;
    if (filter.createdUntil !== undefined && report.createdAt > filter.createdUntil) continue;
    found.push(report);
  }
  return found.toReversed().toSorted((left, right) => right.createdAt - left.createdAt);
}

/** `GET /reports` */
export const getReports: OperationHandler = ({ engine, merchant, environment, query }) => {
  const mark = readMark("reports", query, engine.now());
  const list = (name: string): string[] | undefined => mark.query[name]?.split(",").map((word) => word.trim());
  const [types, statuses] = [list("reportTypes"), list("processingStatuses")];
  const reports = findReports(
    engine,
    {
      merchantId: merchant.merchantId,
      environment,
      ...(types === undefined ? {} : { types }),
      ...(statuses === undefined ? {} : { statuses }),
      createdSince: optionalInstant(mark.query, "createdSince") ?? mark.asOf - RETENTION,
      // The query has whole seconds: a report that was made within the last of them is still meant.
      createdUntil: Math.min((optionalInstant(mark.query, "createdUntil") ?? mark.asOf) + 999, mark.asOf),
    },
    engine.now(),
  );
  const { page, nextToken } = pageOf("reports", reports, mark);
  return { body: { reports: page.map((report) => showReport(report)), nextToken } };
};
