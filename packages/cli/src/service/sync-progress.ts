import type { SyncEvent, SyncSummary } from "@amazon-pay-kit/ledger";
import { EXIT, type ExitStatus } from "../errors.ts";
import type { Context } from "../program/context.ts";

/** Turns events of a sync into one moving line and lasting notes about trouble. */
export function syncProgress(context: Pick<Context, "progress" | "paint">): (event: SyncEvent) => void {
  let planned = 0;
  let done = 0;
  return (event) => {
    const name = "reportId" in event ? `${event.accountId}: ${event.reportId}` : event.accountId;
    switch (event.type) {
      case "started":
        context.progress.update(`${name}: listing reports of ${event.source}`);
        break;
      case "planned":
        planned += event.reports;
        context.progress.update("fetching reports", done, planned);
        break;
      case "loaded":
        done += 1;
        context.progress.update("fetching and loading reports", done, planned);
        break;
      case "quarantined":
        done += 1;
        context.progress.note(`${context.paint("red", "quarantined")} ${name}: ${event.message}`);
        break;
      case "archived":
        if (event.linked) done += 1;
        if (event.changed)
          context.progress.note(
            `${context.paint("yellow", "changed")} ${name} delivered other bytes than before; both are kept`,
          );
        break;
      case "fetch-failed":
        done += 1;
        context.progress.note(`${context.paint("yellow", "not fetched")} ${name}: ${event.message}`);
        break;
      case "failed":
        context.progress.note(`${context.paint("red", "failed")} ${event.accountId} ${event.source}: ${event.message}`);
        break;
      case "skipped":
        context.progress.note(`${context.paint("yellow", "skipped")} ${name}: ${event.message}`);
        break;
      default:
        break;
    }
  };
}

/** What a sync brought, in a sentence. */
export function syncWords(summary: SyncSummary): string {
  const parts = [
    `${summary.fetched} reports fetched`,
    `${summary.rows} rows loaded`,
    ...(summary.rowErrors > 0 ? [`${summary.rowErrors} bad rows`] : []),
    ...(summary.repeats > 0 ? [`${summary.repeats} rows that were known already`] : []),
    ...(summary.quarantined > 0 ? [`${summary.quarantined} files quarantined`] : []),
    ...(summary.notFetched > 0 ? [`${summary.notFetched} reports not fetched, tried again next time`] : []),
    ...(summary.skipped > 0 ? [`${summary.skipped} sources left to another runner`] : []),
    ...(summary.failures.length > 0 ? [`${summary.failures.length} sources could not be read`] : []),
    ...(summary.disbursements > 0 ? [`${summary.disbursements} payouts`] : []),
  ];
  return parts.join(", ");
}

/** The exit status of a sync: a service that could not be reached weighs more than a bad row. */
export function syncStatus(summary: SyncSummary): ExitStatus {
  if (summary.failures.length > 0) return EXIT.service;
  return summary.quarantined + summary.rowErrors + summary.notFetched > 0 ? EXIT.problems : EXIT.done;
}
