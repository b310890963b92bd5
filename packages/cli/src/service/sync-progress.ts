import { formatInstant } from "@amazon-pay-kit/money";
import type { SyncEvent, SyncSummary } from "@amazon-pay-kit/ledger";
import { EXIT, type ExitStatus } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { printable } from "../terminal/width.ts";

/** Turns events of a sync into one moving line and lasting notes about trouble. */
export function syncProgress(context: Pick<Context, "progress" | "paint">): (event: SyncEvent) => void {
  let planned = 0;
  let done = 0;
  // Files that an earlier run fetched and did not get to load come on top of what is planned.
  const count = (what: string): void => context.progress.update(what, done, Math.max(done, planned));
  return (event) => {
    // A report from a folder has the name of its file, and that may hold whatever a terminal obeys.
    const name = "reportId" in event ? `${event.accountId}: ${printable(event.reportId)}` : event.accountId;
    switch (event.type) {
      case "started":
        context.progress.update(`${name}: listing reports of ${event.source}`);
        break;
      case "planned":
        planned += event.reports;
        count("fetching reports");
        break;
      case "loaded":
        done += 1;
        count("fetching and loading reports");
        break;
      case "quarantined":
        done += 1;
        context.progress.note(`${context.paint("red", "quarantined")} ${name}: ${printable(event.message)}`);
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
        context.progress.note(`${context.paint("yellow", "not fetched")} ${name}: ${printable(event.message)}`);
        break;
      case "waiting": {
        const first = formatInstant(event.nextAttemptAt);
        const what = `${counted(event.reports, "report")} could not be fetched before; next try from ${first} on`;
        context.progress.note(`${context.paint("yellow", "waiting")} ${event.accountId} ${event.source}: ${what}`);
        break;
      }
      case "failed":
        context.progress.note(
          `${context.paint("red", "failed")} ${event.accountId} ${event.source}: ${printable(event.message)}`,
        );
        break;
      case "skipped":
        context.progress.note(`${context.paint("yellow", "skipped")} ${name}: ${printable(event.message)}`);
        break;
      default:
        break;
    }
  };
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** What a sync brought, in words. */
export function syncText(summary: SyncSummary): string {
  const parts = [
    `${counted(summary.fetched, "report")} fetched`,
    `${counted(summary.rows - summary.repeats, "row")} loaded`,
    ...(summary.rowErrors > 0 ? [counted(summary.rowErrors, "bad row")] : []),
    ...(summary.repeats > 0 ? [`${counted(summary.repeats, "row")} known already`] : []),
    ...(summary.quarantined > 0 ? [`${counted(summary.quarantined, "file")} quarantined`] : []),
    ...(summary.notFetched > 0 ? [`${counted(summary.notFetched, "report")} not fetched, to be tried again`] : []),
    ...(summary.waiting > 0 ? [`${counted(summary.waiting, "report")} left for a later try`] : []),
    ...(summary.skipped > 0 ? [`${counted(summary.skipped, "source")} left to another runner`] : []),
    ...(summary.failures.length > 0 ? [`${counted(summary.failures.length, "source")} could not be read`] : []),
    ...(summary.disbursements > 0 ? [counted(summary.disbursements, "payout")] : []),
  ];
  return parts.join(", ");
}

/**
 * The exit status of a sync: what was not brought in weighs more than a bad row. An account that was left to another process
 * has nothing new in the books either, and `apay sync && apay reconcile` must not judge the half of them.
 */
export function syncStatus(summary: SyncSummary): ExitStatus {
  if (summary.failures.length > 0 || summary.skipped > 0) return EXIT.service;
  return summary.quarantined + summary.rowErrors + summary.notFetched + summary.waiting > 0 ? EXIT.problems : EXIT.done;
}
