import { DAY } from "@amazon-pay-kit/money";
import type { SourceRun } from "./run.ts";
import { recordDisbursements } from "./record-disbursements.ts";
import { lastSuccess, noteSuccess } from "./sync-mark.ts";

/** Payouts go by the settlement's date, and their reference may come days later. */
const OVERLAP = 14 * DAY;

/** Keeps the payouts that the source knows. */
export async function listDisbursements(run: SourceRun): Promise<void> {
  const { context, account, source, service, settings, signal, tell } = run;
  if (!settings.disbursements || source.disbursements === undefined) return;
  const { db } = context.store;
  const started = service.now();
  const oldest = started - settings.backfillMillis;
  const last = await lastSuccess(db, account.accountId, source.name, "disbursements", started);
  if (last !== null && started - last < settings.freshMillis) return;
  const from = last === null ? oldest : Math.max(oldest, last - OVERLAP);
  let disbursements = 0;
  for await (const page of source.disbursements({ from, until: started }, signal)) {
    signal.throwIfAborted();
    await context.store.transaction((transaction) => recordDisbursements(transaction, account.accountId, page));
    disbursements += page.length;
  }
  await noteSuccess(db, account.accountId, source.name, "disbursements", started);
  if (disbursements > 0) tell({ type: "disbursements", disbursements });
}
