import type { SyncListener } from "@amazon-pay-kit/ledger/ingest";
import type { Metrics } from "./metrics.ts";

/**
 * A listener that counts what a sync or the jobs of a worker do.
 *
 * Labels are sources and kinds, never accounts: ten thousand merchants would make ten thousand time series of each figure.
 *
 * @example
 * await ledger.sync({ accounts, onEvent: syncMetrics(metrics) });
 */
export function syncMetrics(metrics: Metrics): SyncListener {
  const listed = metrics.counter("apay_reports_listed_total", "Reports in listings, those that are known included");
  const fresh = metrics.counter("apay_reports_fresh_total", "Reports seen for the first time");
  const fetched = metrics.counter("apay_reports_fetched_total", "Reports whose bytes are in the archive");
  const bytes = metrics.counter("apay_report_bytes_total", "Bytes of fetched reports");
  const failed = metrics.counter("apay_report_fetch_failures_total", "Attempts to fetch a report that failed");
  const files = metrics.counter("apay_files_loaded_total", "Report files whose rows are in the store");
  const rows = metrics.counter("apay_rows_loaded_total", "Rows that were read");
  const bad = metrics.counter("apay_row_errors_total", "Rows that could not be read");
  const repeats = metrics.counter("apay_row_repeats_total", "Rows that an earlier file had delivered");
  const quarantined = metrics.counter("apay_files_quarantined_total", "Report files set aside as unusable");
  const trouble = metrics.counter("apay_source_failures_total", "Runs in which a source could not be read");
  const payouts = metrics.counter("apay_disbursements_total", "Payouts in listings");
  return (event) => {
    const { source } = event;
    switch (event.type) {
      case "listed":
        listed.add({ source }, event.listed);
        fresh.add({ source }, event.fresh);
        break;
      case "archived":
        fetched.add({ source });
        bytes.add({ source }, event.byteCount);
        break;
      case "fetch-failed":
        failed.add({ source, code: event.code });
        break;
      case "loaded":
        files.add({ source, kind: event.kind });
        rows.add({ kind: event.kind }, event.rows);
        bad.add({ kind: event.kind }, event.errors);
        repeats.add({ kind: event.kind }, event.repeats);
        break;
      case "quarantined":
        quarantined.add({ source, code: event.code });
        break;
      case "failed":
        trouble.add({ source, code: event.code });
        break;
      case "disbursements":
        payouts.add({ source }, event.disbursements);
        break;
      default:
        break;
    }
  };
}
