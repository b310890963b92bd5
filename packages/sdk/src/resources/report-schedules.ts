import type { Answer } from "../client/exchange.ts";
import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import {
  cancelReportSchedule,
  createReportSchedule,
  getReportScheduleById,
  getReportSchedules,
} from "../operations/groups/report-schedules.ts";
import type {
  ReportSchedule,
  ReportScheduleCreate,
  ReportScheduleCreated,
  ReportScheduleList,
  ReportScheduleQuery,
} from "../types/report.ts";
import type { ReportScheduleId } from "../types/ids.ts";

/** Schedules by which reports are made. There is one for each report type. */
export class ReportSchedules extends Resource {
  /**
   * Lists schedules, all or those of some report types; the service does not page them.
   *
   * @example const { reportSchedules } = await client.reportSchedules.list();
   */
  list(query: ReportScheduleQuery = {}, options?: RequestOptions): ApiPromise<ReportScheduleList> {
    return this.call(getReportSchedules, options, { query });
  }

  /**
   * Reads a schedule.
   *
   * @throws NotFoundError
   */
  retrieve(reportScheduleId: ReportScheduleId, options?: RequestOptions): ApiPromise<ReportSchedule> {
    return this.call(getReportScheduleById, options, { ids: [reportScheduleId] }, readOne);
  }

  /**
   * Makes a schedule. There is one for each report type: with `deleteExistingSchedule` it takes the place of the one there is.
   *
   * @example
   * await client.reportSchedules.create({
   *   reportType: "_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_",
   *   scheduleFrequency: "P1D",
   *   nextReportCreationTime: "2026-02-01T04:00:00Z",
   * });
   */
  create(body: ReportScheduleCreate, options?: RequestOptions): ApiPromise<ReportScheduleCreated> {
    return this.call(createReportSchedule, options, { body });
  }

  /**
   * Ends a schedule. Reports that it made stay.
   *
   * @throws NotFoundError
   */
  cancel(reportScheduleId: ReportScheduleId, options?: RequestOptions): ApiPromise<Record<string, unknown>> {
    return this.call(cancelReportSchedule, options, { ids: [reportScheduleId] });
  }
}

/** The documentation's sample wraps the object in a list, the live service does not. */
function readOne({ data }: Answer): ReportSchedule {
  const list = (data as Partial<ReportScheduleList>).reportSchedules;
  return (Array.isArray(list) && list[0] !== undefined ? list[0] : data) as ReportSchedule;
}
