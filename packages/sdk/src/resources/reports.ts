import { type ApiPromise, type ApiResponse, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { PagePromise } from "../client/page-promise.ts";
import { createReport, getReportById, getReports } from "../operations/groups/reports.ts";
import type { Report, ReportCreate, ReportCreated, ReportPage, ReportQuery } from "../types/report.ts";
import type { ReportId } from "../types/ids.ts";

/** Reports. They are kept for 90 days. */
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

  /**
   * Reads a report: whether it is done, and under which id its document is. `CANCELLED` may only mean that there was nothing to
   * report.
   *
   * @example const { processingStatus, reportDocumentId } = await client.reports.retrieve(reportId);
   * @throws NotFoundError
   */
  retrieve(reportId: ReportId, options?: RequestOptions): ApiPromise<Report> {
    return this.call(getReportById, options, { ids: [reportId] });
  }

  /**
   * Asks for a report. It is made within minutes or hours: read it until it is no longer `IN_PROGRESS`. Settlement reports are
   * made by themselves and cannot be asked for.
   *
   * @example
   * const { reportId } = await client.reports.create({
   *   reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
   *   startTime: "2026-01-01T00:00:00Z",
   *   endTime: "2026-02-01T00:00:00Z",
   * });
   * @throws InvalidInputError, InvalidRequestError for a type that cannot be asked for here
   */
  create(body: ReportCreate, options?: RequestOptions): ApiPromise<ReportCreated> {
    return this.call(createReport, options, { body });
  }
}
