import type { SourceRun } from "./run.ts";
import { recordListing } from "./record-listing.ts";
import { lastSuccess, noteSuccess } from "./sync-mark.ts";

/**
 * Writes down what the source lists now: from a few days before the last listing, because reports appear late, or from the
 * oldest that was still being made; the first time from as far back as the service keeps them.
 */
export async function listReports(run: SourceRun): Promise<void> {
  const { context, account, source, settings, signal, tell } = run;
  const { db } = context.store;
  const started = context.clock.now();
  const oldest = started - settings.backfillMillis;
  const last = await lastSuccess(db, account.accountId, source.name, "reports");
  if (last !== null && started - last < settings.freshMillis) return;
  const unfinished = await db
    .selectFrom("report")
    .select(({ fn }) => fn.min<number | null>("created_at").as("since"))
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "=", "in-progress")
    .executeTakeFirst();
  const overlap = last === null ? oldest : last - settings.overlapMillis;
  const from = Math.max(oldest, Math.min(overlap, unfinished?.since ?? overlap));
  for await (const page of source.list({ from, until: started }, signal)) {
    signal.throwIfAborted();
    const recorded = await context.store.transaction((transaction) =>
      recordListing(transaction, { accountId: account.accountId, source: source.name }, page, context.clock.now()),
    );
    tell({ type: "listed", ...recorded });
  }
  await noteSuccess(db, account.accountId, source.name, "reports", started);
}
