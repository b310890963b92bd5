import { readInstant } from "@amazon-pay-kit/money";
import { REPORT_TYPES } from "@amazon-pay-kit/reports";
import type { MwsReports, ReportInfo, ReportRequestInfo } from "@amazon-pay-kit/sdk/mws";
import { SyncError } from "../../errors.ts";
import type { ListedReport, ListedStatus, ReportSource } from "../source.ts";

/** How to read reports by MWS. */
export interface MwsSourceOptions {
  /** Default: all that Amazon Pay has. Without this a seller's marketplace reports would come too. */
  readonly reportTypes?: readonly string[];
  /** Entries a page, 1 to 100. Default 100. */
  readonly pageSize?: number;
}

const STATUSES: ReadonlyMap<string, ListedStatus> = new Map([
  ["_SUBMITTED_", "in-progress"],
  ["_IN_PROGRESS_", "in-progress"],
  ["_DONE_", "ready"],
  ["_DONE_NO_DATA_", "no-data"],
  ["_CANCELLED_", "failed"],
]);

/** The most reports that one acknowledgement takes. */
const ACKNOWLEDGED_AT_ONCE = 100;

function instantOf(text: string | null): number | null {
  return text === null ? null : readInstant(text);
}

function requested(request: ReportRequestInfo): ListedReport {
  const status = STATUSES.get(request.reportProcessingStatus) ?? "in-progress";
  return {
    reportId: request.reportRequestId,
    reportType: request.reportType,
    windowStart: instantOf(request.startDate),
    windowEnd: instantOf(request.endDate),
    createdAt: instantOf(request.completedDate) ?? instantOf(request.submittedDate),
    status: status === "ready" && request.generatedReportId === null ? "in-progress" : status,
    processingStatus: request.reportProcessingStatus,
    documentId: request.generatedReportId,
  };
}

function available(report: ReportInfo): ListedReport {
  return {
    reportId: report.reportRequestId ?? report.reportId,
    reportType: report.reportType,
    windowStart: null,
    windowEnd: null,
    createdAt: instantOf(report.availableDate),
    status: "ready",
    processingStatus: "_DONE_",
    documentId: report.reportId,
  };
}

async function* inPages<Item>(items: AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let page: Item[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/**
 * Reports by the older MWS Reports API. The client keeps the quotas and checks `Content-MD5`; reports are acknowledged once
 * they are stored for good.
 *
 * The list of requests has the data windows and the reports without data; the list of reports has what no request is known for.
 *
 * @example
 * const source = mwsSource(new MwsReports({ region: "eu", sellerId, accessKeyId, secretKey }));
 */
export function mwsSource(client: MwsReports, options: MwsSourceOptions = {}): ReportSource {
  const reportTypes = options.reportTypes ?? Object.keys(REPORT_TYPES);
  const maxCount = options.pageSize ?? 100;
  let told: number | null = null;
  return {
    name: "mws",
    serviceTime: () => told,
    async *list({ from, until }, signal) {
      told = await client.serverTime({ signal }).catch(() => null);
      signal.throwIfAborted();
      // A page of nothing: anyone who reads it can look at the time before anything is counted against the quotas.
      yield [];
      const known = new Set<string>();
      const asked = { reportTypes, maxCount, requestedFrom: new Date(from), requestedTo: new Date(until) };
      for await (const page of inPages(client.reportRequests(asked, { signal }), maxCount)) {
        for (const { generatedReportId } of page) if (generatedReportId !== null) known.add(generatedReportId);
        yield page.map(requested);
      }
      const there = { reportTypes, maxCount, availableFrom: new Date(from), availableTo: new Date(until) };
      for await (const page of inPages(client.reports(there, { signal }), maxCount)) {
        const others = page.filter(({ reportId }) => !known.has(reportId));
        if (others.length > 0) yield others.map(available);
      }
    },
    async fetch(report, signal) {
      if (report.documentId === null) {
        throw new SyncError(
          "sync.not-fetchable",
          `report ${report.reportId} was not made: it is ${report.processingStatus}`,
        );
      }
      const { bytes } = await client.getReport(report.documentId, { signal });
      return single(bytes);
    },
    async acknowledge(reports, signal) {
      const ids = reports.flatMap(({ documentId }) => (documentId === null ? [] : [documentId]));
      for (let at = 0; at < ids.length; at += ACKNOWLEDGED_AT_ONCE) {
        await client.updateReportAcknowledgements(ids.slice(at, at + ACKNOWLEDGED_AT_ONCE), true, { signal });
      }
    },
  };
}
