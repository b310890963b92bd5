import { DAY } from "@amazon-pay-kit/money";
import type { Kysely } from "kysely";
import type { Schema } from "../../../../store/schema/index.ts";
import type { ListedDisbursement } from "../../sources/source.ts";
import type { SourceRun } from "./run.ts";
import { lastSuccess, noteSuccess } from "./sync-mark.ts";

/**
 * Keeps payouts; one that is known is brought up to date. A payout that first came without its reference is not kept twice
 * once it has one.
 */
async function recordDisbursements(
  db: Kysely<Schema>,
  accountId: string,
  page: readonly ListedDisbursement[],
): Promise<void> {
  for (const payout of page) {
    if (payout.referenceId !== "") {
      await db
        .deleteFrom("disbursement")
        .where("account_id", "=", accountId)
        .where("settlement_id", "=", payout.settlementId)
        .where("disbursement_reference_id", "=", "")
        .execute();
    }
    const values = {
      seller_id: payout.sellerId,
      amount_minor: payout.amountMinor,
      currency: payout.currency,
      transferred_at: payout.transferredAt,
    };
    await db
      .insertInto("disbursement")
      .values({
        account_id: accountId,
        settlement_id: payout.settlementId,
        disbursement_reference_id: payout.referenceId,
        ...values,
      })
      .onConflict((conflict) =>
        conflict.columns(["account_id", "settlement_id", "disbursement_reference_id"]).doUpdateSet(values),
      )
      .execute();
  }
}

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
