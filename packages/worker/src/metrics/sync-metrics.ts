import type { SyncListener } from "@amazon-pay-kit/ledger/ingest";
import type { Metrics } from "./metrics.ts";
import { kitMetric } from "./table.ts";

/**
 * A listener that counts what a sync or the jobs of a worker do.
 *
 * Labels are sources and kinds, never accounts: ten thousand merchants would make ten thousand time series of each figure.
 *
 * @example
 * await ledger.sync({ accounts, onEvent: syncMetrics(metrics) });
 */
export function syncMetrics(metrics: Metrics): SyncListener {
  const listed = kitMetric(metrics, "apay_reports_listed_total");
  const fresh = kitMetric(metrics, "apay_reports_fresh_total");
  const fetched = kitMetric(metrics, "apay_reports_fetched_total");
  const bytes = kitMetric(metrics, "apay_report_bytes_total");
  const failed = kitMetric(metrics, "apay_report_fetch_failures_total");
  const files = kitMetric(metrics, "apay_files_loaded_total");
  const rows = kitMetric(metrics, "apay_rows_loaded_total");
  const bad = kitMetric(metrics, "apay_row_errors_total");
  const repeats = kitMetric(metrics, "apay_row_repeats_total");
  const quarantined = kitMetric(metrics, "apay_files_quarantined_total");
  const trouble = kitMetric(metrics, "apay_source_failures_total");
  const payouts = kitMetric(metrics, "apay_disbursements_total");
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
