import type { Kysely } from "kysely";
import type { Schema } from "../../../../store/schema/index.ts";
import type { ListedDisbursement } from "../../sources/source.ts";

/**
 * Keeps payouts; one that is known is brought up to date. A payout that first came without its reference is not kept twice
 * once it has one.
 */
export async function recordDisbursements(
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
