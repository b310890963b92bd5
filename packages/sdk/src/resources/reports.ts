import type { ApiPromise, ApiResponse } from "../client/api-promise.ts";
import type { RequestOptions } from "../client/options.ts";
import { PagePromise } from "../client/page-promise.ts";
import { createReport, getReportById, getReports } from "../operations/groups/reports.ts";
import type { Report, ReportCreate, ReportCreated, ReportPage, ReportQuery } from "../types/report.ts";
import { Resource } from "./resource.ts";

/** Reports (reference 3.20, 3.21, 3.23). They are kept for 90 days. */
export class Reports extends Resource {
  /**
   * Lists reports: await it for one page, iterate it for all.
   *
   * @example
   * for await (const report of client.reports.list({ processingStatuses: ["COMPLETED"] })) use(report);
   */
  list(query: ReportQuery = {}, options?: RequestOptions): PagePromise<ReportPage, Report> {
    const page = (wanted: ReportQuery): Promise<ApiResponse<ReportPage>> =>
      this.requester.call(getReports, { query: wanted, options });
    return new PagePromise(page(query), {
      operation: getReports.name,
      items: ({ reports }) => reports,
      next: (nextToken) => page({ nextToken }),
    });
  }

  /** Reads a report: whether it is done, and under which id its document is. */
  retrieve(reportId: string, options?: RequestOptions): ApiPromise<Report> {
    return this.call(getReportById, { params: { reportId }, options });
  }

  /** Asks for a report. Settlement reports are made by themselves and cannot be asked for. */
  create(body: ReportCreate, options?: RequestOptions): ApiPromise<ReportCreated> {
    return this.call(createReport, { body, options });
  }
}
