import { parseAmount, readInstant } from "@amazon-pay-kit/money";
import { otherValue, type AmazonPay, type Disbursement, type Report } from "@amazon-pay-kit/sdk";
import { SyncError } from "../../errors.ts";
import type { Attempts } from "../attempts.ts";
import type {
  ListedDisbursement,
  ListedReport,
  ListedStatus,
  ReportSource,
  SourceCall,
  TimeWindow,
} from "../source.ts";

/** How to read reports by API v2. */
export interface ApiV2SourceOptions {
  /** Only these report types. Default: all. */
  readonly reportTypes?: readonly string[];
  /** Reports a page, 1 to 100. Default 100. */
  readonly pageSize?: number;
  /** Of the same client: lets workers count every attempt. Left out: calls are counted, retries are not. */
  readonly attempts?: Attempts;
}

const CALLS: ReadonlyMap<string, SourceCall> = new Map([
  ["getReports", "list"],
  ["getReportDocument", "fetch"],
  ["getDisbursements", "disbursements"],
]);

const STATUSES: ReadonlyMap<string, ListedStatus> = new Map([
  ["IN_PROGRESS", "in-progress"],
  ["COMPLETED", "ready"],
  // Also what a report becomes that somebody cancelled; the service does not tell the two apart.
  ["CANCELLED", "no-data"],
  ["FAILED", "failed"],
]);

function instantOf(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : readInstant(text);
}

function statusOf(report: Report): ListedStatus {
  const status = STATUSES.get(report.processingStatus);
  // A word that is not known yet is not an end: it is looked at again. So is a finished report without its document.
  if (status === undefined || (status === "ready" && !report.reportDocumentId)) return "in-progress";
  return status;
}

function listed(report: Report): ListedReport {
  return {
    reportId: report.reportId,
    reportType: report.reportType,
    windowStart: instantOf(report.startTime),
    windowEnd: instantOf(report.endTime),
    createdAt: instantOf(report.createdTime),
    status: statusOf(report),
    processingStatus: report.processingStatus,
    documentId: report.reportDocumentId ?? null,
  };
}

/** The moment of a `Date` header. */
function dateOf(header: string | undefined): number | null {
  const moment = Date.parse(header ?? "");
  return Number.isNaN(moment) ? null : moment;
}

function payout(disbursement: Disbursement): ListedDisbursement {
  const { settlementId, amazonDisbursementReferenceId, sellerId, amount, currencyCode, transactionTime } = disbursement;
  const transferredAt = readInstant(transactionTime);
  if (transferredAt === null) {
    throw new SyncError(
      "sync.unreadable-listing",
      `the payout of settlement ${settlementId} has no readable time: ${JSON.stringify(transactionTime)}`,
    );
  }
  return {
    settlementId,
    referenceId: amazonDisbursementReferenceId ?? "",
    sellerId: sellerId ?? null,
    amountMinor: parseAmount(amount, currencyCode, { thousands: true }),
    currency: currencyCode,
    transferredAt,
  };
}

/** Payouts are asked for by the month: how long a stretch the service allows is not documented. */
const MONTH = 30 * 86_400_000;

function* months(window: TimeWindow): Generator<TimeWindow> {
  for (let from = window.from; from < window.until; from += MONTH) {
    yield { from, until: Math.min(from + MONTH, window.until) };
  }
}

/**
 * Reports and payouts by API v2.
 *
 * The client asks for a document's address only when the bytes are fetched and again when it has expired, walks pages by
 * their token alone, and turns a body that breaks off into an error.
 *
 * @example
 * const source = apiV2Source(new AmazonPay({ region: "na", publicKeyId, privateKey }));
 */
export function apiV2Source(client: AmazonPay, options: ApiV2SourceOptions = {}): ReportSource {
  const { attempts, pageSize = 100 } = options;
  let told: number | null = null;
  return {
    name: "v2",
    ...(attempts === undefined
      ? {}
      : {
          onAttempt: (listener) =>
            attempts.listen((operation) => {
              const call = CALLS.get(operation);
              if (call !== undefined) listener(call);
            }),
        }),
    serviceTime: () => told,
    async *list({ from, until }, signal) {
      const query = { createdSince: new Date(from), createdUntil: new Date(until), pageSize };
      const types = options.reportTypes === undefined ? {} : { reportTypes: options.reportTypes.map(otherValue) };
      const reports = client.reports.list({ ...query, ...types }, { signal });
      const { headers } = await reports.withResponse();
      told = dateOf(headers["date"]);
      for await (const page of reports.pages()) yield page.reports.map(listed);
    },
    async fetch(report, signal) {
      if (report.documentId === null) {
        throw new SyncError(
          "sync.not-fetchable",
          `report ${report.reportId} has no document: it is ${report.processingStatus}`,
        );
      }
      // Packed files stay packed: the archive keeps what the service sent.
      return client.reportDocuments.download(report.documentId, { packed: true, signal });
    },
    async *disbursements(window, signal) {
      for (const { from, until } of months(window)) {
        const query = { startTime: new Date(from), endTime: new Date(until), pageSize };
        for await (const page of client.disbursements.list(query, { signal }).pages()) {
          yield page.disbursements.map(payout);
        }
      }
    },
  };
}
