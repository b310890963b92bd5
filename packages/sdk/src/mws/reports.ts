import {
  type MwsReportType,
  type MwsSchedule,
  readReportInfo,
  readReportRequestInfo,
  readReportSchedule,
  type ReportInfo,
  type ReportRequestInfo,
  type ReportSchedule,
} from "./answers/report-info.ts";
import { countOf, type MwsResult, readResult, unreadableAnswer } from "./answers/result.ts";
import { downloadReport, type MwsDocument } from "./download.ts";
import { MWS_OPERATIONS, type MwsAction } from "./operations.ts";
import { type MwsOptions, mwsSettings } from "./options.ts";
import { eachItem, type MwsPage, readPage } from "./pages.ts";
import {
  badInput,
  instantParameter,
  listParameters,
  type Parameters,
  type ReportFilter,
  reportFilterParameters,
  type ReportRequestFilter,
  requestFilterParameters,
  textParameter,
} from "./parameters.ts";
import type { MwsAnswer } from "./send/attempt.ts";
import { type MwsCallOptions, MwsSender } from "./send/send.ts";
import { memberOf } from "./xml/members.ts";
import { readXml, type XmlElement } from "./xml/read-xml.ts";
import { XmlError } from "./xml/xml-error.ts";

function parsed(text: string): XmlElement | undefined {
  try {
    return readXml(text);
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

/**
 * The service's time in the answer to a ping, in milliseconds since 1970: its `Timestamp`, as attribute or as text, or else
 * the `Date` header, which is exact to the second.
 *
 * @throws MwsError `mws.unreadable-answer`
 */
function timeOfPing({ bytes, headers }: MwsAnswer): number {
  const timestamp = memberOf(parsed(new TextDecoder().decode(bytes)), "Timestamp");
  for (const text of [timestamp?.attributes["timestamp"], timestamp?.text, headers["date"]]) {
    const time = Date.parse(text ?? "");
    if (!Number.isNaN(time)) return time;
  }
  throw unreadableAnswer("the ping", "it tells no time");
}

/** Which report to make. Of Amazon Pay's only the sandbox settlement report can be asked for. */
export interface RequestReportInput {
  /** Type of the report. */
  readonly reportType: MwsReportType;
  /** Begin of what it is about: ISO 8601 text or a `Date`. The service's default: now. */
  readonly startDate?: string | Date | undefined;
  /** End of what it is about: ISO 8601 text or a `Date`. The service's default: now. */
  readonly endDate?: string | Date | undefined;
  /** Further options in the service's own spelling; Amazon Pay's reports have none. */
  readonly reportOptions?: string | undefined;
  /** Marketplaces that it is about. The service's default: the first one that the seller registered in. */
  readonly marketplaceIds?: readonly string[] | undefined;
}

/** When a scheduled report is to be made. */
export interface ManageReportScheduleInput {
  /** There is one schedule for each type. */
  readonly reportType: MwsReportType;
  /** How often, or `_NEVER_` to end it. */
  readonly schedule: MwsSchedule;
  /** When the first is to be made. The service's default: now. */
  readonly scheduleDate?: string | Date | undefined;
}

/** What an action has changed. */
export interface MwsChange<T> {
  /** How many, as the service counts them. */
  readonly count: number;
  /** What was changed, as it is now. */
  readonly items: readonly T[];
  /** Request id, which Amazon's support asks for. */
  readonly requestId: string | null;
}

/**
 * Client of the MWS Reports API (2009-01-01), the older way to Amazon Pay's settlement and transaction reports. Make one
 * and keep it: it counts the quotas.
 *
 * @example
 * const mws = new MwsReports({ region: "eu", sellerId, accessKeyId, secretKey, authToken });
 * for await (const request of mws.reportRequests({ reportTypes: ["_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_"], reportProcessingStatuses: ["_DONE_"] })) {
 *   if (request.generatedReportId === null) continue;
 *   const { bytes } = await mws.getReport(request.generatedReportId);
 *   await store(bytes);
 * }
 * await mws.updateReportAcknowledgements(stored); // only once they are stored, and after the list has ended
 */
export class MwsReports {
  /** The published quotas, by action. */
  static readonly operations = MWS_OPERATIONS;
  readonly #sender: MwsSender;

  /** @throws MwsError `mws.bad-option`; ConfigurationError for `baseUrl` and `ca` */
  constructor(options: MwsOptions) {
    this.#sender = new MwsSender(mwsSettings(options));
  }

  /** Asks for a report. Not repeated when its answer is lost, because a second report would be made. */
  async requestReport(input: RequestReportInput, options?: MwsCallOptions): Promise<ReportRequestInfo> {
    const result = await this.#result(
      "RequestReport",
      {
        ReportType: textParameter("reportType", input.reportType),
        ...instantParameter("startDate", "StartDate", input.startDate),
        ...instantParameter("endDate", "EndDate", input.endDate),
        ...(input.reportOptions === undefined ? {} : { ReportOptions: input.reportOptions }),
        ...listParameters("marketplaceIds", "MarketplaceIdList.Id", input.marketplaceIds),
      },
      options,
    );
    const [info] = readItems(result, "ReportRequestInfo", readReportRequestInfo);
    if (info === undefined) throw unreadableAnswer("RequestReport", "it has no ReportRequestInfo", result.requestId);
    return info;
  }

  /** One page of the report requests of the last 90 days, the newest first. */
  async getReportRequestList(
    filter: ReportRequestFilter = {},
    options?: MwsCallOptions,
  ): Promise<MwsPage<ReportRequestInfo>> {
    const result = await this.#result("GetReportRequestList", requestFilterParameters(filter), options);
    return readPage(result, "ReportRequestInfo", readReportRequestInfo);
  }

  /** The page after the one that gave this token. */
  async getReportRequestListByNextToken(
    nextToken: string,
    options?: MwsCallOptions,
  ): Promise<MwsPage<ReportRequestInfo>> {
    const result = await this.#next("GetReportRequestListByNextToken", nextToken, options);
    return readPage(result, "ReportRequestInfo", readReportRequestInfo);
  }

  /** All report requests, page after page. */
  reportRequests(filter: ReportRequestFilter = {}, options?: MwsCallOptions): AsyncGenerator<ReportRequestInfo, void> {
    return eachItem(
      () => this.getReportRequestList(filter, options),
      (nextToken) => this.getReportRequestListByNextToken(nextToken, options),
    );
  }

  /** How many report requests there are. */
  async getReportRequestCount(
    filter: Omit<ReportRequestFilter, "maxCount" | "reportRequestIds"> = {},
    options?: MwsCallOptions,
  ): Promise<number> {
    return countOf(await this.#result("GetReportRequestCount", requestFilterParameters(filter), options));
  }

  /**
   * Cancels report requests that are not being worked on yet.
   *
   * @param filter at least one condition, because without one the service would cancel them all
   */
  async cancelReportRequests(
    filter: Omit<ReportRequestFilter, "maxCount">,
    options?: MwsCallOptions,
  ): Promise<MwsChange<ReportRequestInfo>> {
    const parameters = requestFilterParameters(filter);
    if (Object.keys(parameters).length === 0) throw badInput("filter", "must hold at least one condition");
    const result = await this.#result("CancelReportRequests", parameters, options);
    return readChange(result, "ReportRequestInfo", readReportRequestInfo);
  }

  /** One page of the reports that can be fetched, the newest first. */
  async getReportList(filter: ReportFilter = {}, options?: MwsCallOptions): Promise<MwsPage<ReportInfo>> {
    const result = await this.#result("GetReportList", reportFilterParameters(filter), options);
    return readPage(result, "ReportInfo", readReportInfo);
  }

  /** The page after the one that gave this token. */
  async getReportListByNextToken(nextToken: string, options?: MwsCallOptions): Promise<MwsPage<ReportInfo>> {
    const result = await this.#next("GetReportListByNextToken", nextToken, options);
    return readPage(result, "ReportInfo", readReportInfo);
  }

  /** All reports, page after page. Acknowledge them only afterwards: acknowledging changes the list that is being read. */
  reports(filter: ReportFilter = {}, options?: MwsCallOptions): AsyncGenerator<ReportInfo, void> {
    return eachItem(
      () => this.getReportList(filter, options),
      (nextToken) => this.getReportListByNextToken(nextToken, options),
    );
  }

  /** How many reports there are. */
  async getReportCount(
    filter: Omit<ReportFilter, "maxCount" | "reportRequestIds"> = {},
    options?: MwsCallOptions,
  ): Promise<number> {
    return countOf(await this.#result("GetReportCount", reportFilterParameters(filter), options));
  }

  /**
   * Fetches a report whole.
   *
   * @param reportId `reportId` of a report, or `generatedReportId` of a report request
   * @throws MwsError `mws.wrong-checksum` when its bytes arrive damaged four times
   */
  async getReport(reportId: string, options: MwsCallOptions = {}): Promise<MwsDocument> {
    return downloadReport(this.#sender, textParameter("reportId", reportId), options);
  }

  /**
   * Marks reports as received, or with `false` as not received. Do it after their bytes are stored for good.
   *
   * @param reportIds 1 to 100
   */
  async updateReportAcknowledgements(
    reportIds: readonly string[],
    acknowledged = true,
    options?: MwsCallOptions,
  ): Promise<MwsChange<ReportInfo>> {
    const result = await this.#result(
      "UpdateReportAcknowledgements",
      { ...listParameters("reportIds", "ReportIdList.Id", reportIds), Acknowledged: String(acknowledged) },
      options,
    );
    return readChange(result, "ReportInfo", readReportInfo);
  }

  /** Sets, changes or with `_NEVER_` ends the schedule of a report type. */
  async manageReportSchedule(
    input: ManageReportScheduleInput,
    options?: MwsCallOptions,
  ): Promise<MwsChange<ReportSchedule>> {
    const result = await this.#result(
      "ManageReportSchedule",
      {
        ReportType: textParameter("reportType", input.reportType),
        Schedule: textParameter("schedule", input.schedule),
        ...instantParameter("scheduleDate", "ScheduleDate", input.scheduleDate),
      },
      options,
    );
    return readChange(result, "ReportSchedule", readReportSchedule);
  }

  /** One page of the schedules. */
  async getReportScheduleList(
    filter: { readonly reportTypes?: readonly MwsReportType[] } = {},
    options?: MwsCallOptions,
  ): Promise<MwsPage<ReportSchedule>> {
    const parameters = listParameters("reportTypes", "ReportTypeList.Type", filter.reportTypes);
    return readPage(
      await this.#result("GetReportScheduleList", parameters, options),
      "ReportSchedule",
      readReportSchedule,
    );
  }

  /** The page after the one that gave this token. */
  async getReportScheduleListByNextToken(
    nextToken: string,
    options?: MwsCallOptions,
  ): Promise<MwsPage<ReportSchedule>> {
    const result = await this.#next("GetReportScheduleListByNextToken", nextToken, options);
    return readPage(result, "ReportSchedule", readReportSchedule);
  }

  /** How many schedules there are. */
  async getReportScheduleCount(
    filter: { readonly reportTypes?: readonly MwsReportType[] } = {},
    options?: MwsCallOptions,
  ): Promise<number> {
    const parameters = listParameters("reportTypes", "ReportTypeList.Type", filter.reportTypes);
    return countOf(await this.#result("GetReportScheduleCount", parameters, options));
  }

  /**
   * The service's own time, in milliseconds since 1970. Requests whose time is more than 15 minutes off are refused, so a
   * difference to this machine's clock explains some refusals. Needs no key.
   */
  async serverTime(options?: MwsCallOptions): Promise<number> {
    return timeOfPing(await this.#sender.ping(options));
  }

  /** Closes idle connections. The client can still be used afterwards. */
  close(): void {
    this.#sender.settings.transport.close();
  }

  async #result(action: MwsAction, parameters: Parameters, options: MwsCallOptions | undefined): Promise<MwsResult> {
    const { bytes, headers } = await this.#sender.call(action, parameters, options);
    return readResult(action, new TextDecoder().decode(bytes), headers);
  }

  #next(action: MwsAction, nextToken: string, options: MwsCallOptions | undefined): Promise<MwsResult> {
    return this.#result(action, { NextToken: textParameter("nextToken", nextToken) }, options);
  }
}

function readItems<T>(
  result: MwsResult,
  name: string,
  read: (result: MwsResult, element: MwsResult["element"]) => T,
): readonly T[] {
  return result.element.children.filter((child) => child.name === name).map((child) => read(result, child));
}

function readChange<T>(
  result: MwsResult,
  name: string,
  read: (result: MwsResult, element: MwsResult["element"]) => T,
): MwsChange<T> {
  return { count: countOf(result), items: readItems(result, name, read), requestId: result.requestId };
}
