import { settlementFile } from "../../../../ledger/src/store/conformance/report-files.ts";
import type { ListedReport, ReportSource } from "../../../../ledger/src/ingest/reports/sources/source.ts";
import type { SyncAccount } from "../../../../ledger/src/ingest/reports/sync/options.ts";

/** A merchant with this many reports of one row each. */
export interface TestMerchant {
  readonly accountId: string;
  readonly reports: number;
}

/** What a source of test merchants can be told. */
export interface TestSourceOptions {
  /** Called when bytes are asked for; what it throws is the answer. */
  readonly onFetch?: (accountId: string, report: ListedReport, signal: AbortSignal) => void | Promise<void>;
  readonly onList?: (accountId: string) => void | Promise<void>;
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** An account whose source makes its reports up: each has one capture, of as many cents as its number. */
export function testAccount({ accountId, reports }: TestMerchant, options: TestSourceOptions = {}): SyncAccount {
  const source: ReportSource = {
    name: "v2",
    async *list() {
      await options.onList?.(accountId);
      yield Array.from({ length: reports }, (_none, index) => ({
        reportId: `R${index + 1}`,
        reportType: "GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA",
        windowStart: null,
        windowEnd: null,
        createdAt: Date.UTC(2026, 0, 5) + index * 60_000,
        status: "ready" as const,
        processingStatus: "COMPLETED",
        documentId: `D${index + 1}`,
      }));
    },
    async fetch(report, signal) {
      await options.onFetch?.(accountId, report, signal);
      const number = Number(report.reportId.slice(1));
      return single(settlementFile([{ cents: number }], { settlementId: String(5_000_000_000 + number) }));
    },
  };
  return { accountId, region: "na", environment: "sandbox", sources: [source] };
}

/** Rates that hold nobody up, for tests about something else. */
export const NO_RATES = { v2: {} } as const;
