import type { TimeWindow } from "../../sources/source.ts";
import type { SourceRun } from "./run.ts";
import { recordListing } from "./record-listing.ts";
import { lastSuccess, noteSuccess } from "./sync-mark.ts";

/** The stretch that is to be asked for, up to `until`. */
async function windowOf(run: SourceRun, until: number, last: number | null): Promise<TimeWindow> {
  const { context, account, source, settings } = run;
  const oldest = until - settings.backfillMillis;
  const unfinished = await context.store.db
    .selectFrom("report")
    .select(({ fn }) => fn.min<number | null>("created_at").as("since"))
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "in-progress")
    .executeTakeFirst();
  const overlap = last === null ? oldest : last - settings.overlapMillis;
  return { from: Math.max(oldest, Math.min(overlap, unfinished?.since ?? overlap)), until };
}

/**
 * Writes down what the source lists now: from a few days before the last listing, because reports appear late, or from the
 * oldest that was still being made; the first time from as far back as the service keeps them.
 *
 * "Now" is the service's. Where its answer shows that its clock is elsewhere, the list is asked for once more, by that.
 */
export async function listReports(run: SourceRun): Promise<void> {
  const { context, account, source, service, settings, signal, tell } = run;
  const { db } = context.store;
  let moved = false;
  for (let first = true; first || moved; first = false) {
    const started = service.now();
    const last = await lastSuccess(db, account.accountId, source.name, "reports", started);
    if (first && last !== null && started - last < settings.freshMillis) return;
    for await (const page of source.list(await windowOf(run, started, last), signal)) {
      signal.throwIfAborted();
      const told = source.serviceTime?.() ?? null;
      moved = first && told !== null && (await service.set(told));
      if (moved) break;
      const recorded = await context.store.transaction((transaction) =>
        recordListing(transaction, { accountId: account.accountId, source: source.name }, page, context.clock.now()),
      );
      tell({ type: "listed", ...recorded });
    }
    if (!moved) await noteSuccess(db, account.accountId, source.name, "reports", started);
  }
}
