import { listedAgain } from "./listed-again.ts";
import type { SourceRun } from "./run.ts";

/**
 * Tells the service which reports are stored for good: only what lies in the archive and the store, and only after the
 * listing has been read to its end, because acknowledging changes the list.
 */
export async function acknowledgeStored(run: SourceRun): Promise<void> {
  const { context, account, source, signal, tell } = run;
  if (source.acknowledge === undefined) return;
  const rows = await context.store.db
    .selectFrom("report")
    .selectAll()
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where("state", "in", ["archived", "loaded", "linked", "quarantined"])
    .where("acknowledged_at", "is", null)
    .orderBy("report_id")
    .execute();
  if (rows.length === 0) return;
  await source.acknowledge(rows.map(listedAgain), signal);
  await context.store.db
    .updateTable("report")
    .set({ acknowledged_at: context.clock.now() })
    .where("account_id", "=", account.accountId)
    .where("source", "=", source.name)
    .where(
      "report_id",
      "in",
      rows.map((row) => row.report_id),
    )
    .execute();
  tell({ type: "acknowledged", reports: rows.length });
}
