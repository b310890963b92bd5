import type { Sandbox } from "@amazon-pay-kit/sandbox";
import type { Store } from "../../../../store/store.ts";

/** Every movement of money of closed settlements as the sandbox knows it, one line each, in order of the lines. */
export function truthLines(sandbox: Sandbox, merchantId: string): string[] {
  const { movements } = sandbox.engine.state;
  return [...movements.values()]
    .filter((movement) => movement.merchantId === merchantId && movement.settlementId !== null)
    .map((one) =>
      [
        one.settlementId,
        new Date(Math.floor(one.postedAt / 1000) * 1000).toISOString(),
        one.type,
        one.transactionId,
        one.referenceId,
        one.permissionId,
        one.currency,
        one.amount,
        one.percentageFee,
        one.fixedFee,
      ].join("|"),
    )
    .sort();
}

/** The same of the rows in a store. */
export async function storedLines(store: Store, accountId: string): Promise<string[]> {
  const rows = await store.db.selectFrom("settlement_row").selectAll().where("account_id", "=", accountId).execute();
  return rows
    .map((row) =>
      [
        row.settlement_id,
        new Date(row.posted_at).toISOString(),
        row.type,
        row.transaction_id,
        row.reference_id,
        row.permission_id,
        row.currency,
        row.amount_minor,
        row.percentage_fee_minor,
        row.fixed_fee_minor,
      ].join("|"),
    )
    .sort();
}
