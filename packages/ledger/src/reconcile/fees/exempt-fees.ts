import { sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Step } from "../step/step.ts";
import { actualFees, type FeeVerdict } from "./expected.ts";
import type { DoubtfulFee } from "./fees-in-store.ts";

interface OrderFees {
  readonly permissionId: string;
  readonly typeKey: string;
  readonly percentageMinor: bigint;
  readonly transactionId: string | null;
  readonly authorizationId: string | null;
  readonly fixedMinor: bigint;
}

/** Fees of every capture and giving-back of some orders, with the authorization of a capture where a report tells it. */
async function feesOfOrders(
  step: Step,
  rows: readonly DoubtfulFee[],
): Promise<ReadonlyMap<string, readonly OrderFees[]>> {
  const orders = new Set(rows.map((row) => row.permissionId).filter((id) => id !== null));
  const fees = await inChunks(orders, async (some) => {
    const { rows: found } = await sql<OrderFees>`
      select r.permission_id as "permissionId", r.type_key as "typeKey", r.transaction_id as "transactionId",
        r.percentage_fee_minor as "percentageMinor", r.fixed_fee_minor as "fixedMinor",
        (select min(t.parent_id) from transaction_row t where t.account_id = r.account_id
          and t.object_id = r.transaction_id and t.kind = 'capture') as "authorizationId"
      from settlement_row r
      where r.account_id = ${step.accountId} and r.permission_id in (${sql.join(some)})
        and r.type_key in ('capture', 'refund', 'chargeback', 'a-to-z-guarantee-claim')
    `.execute(step.db);
    return found;
  });
  return groupBy(fees, (fee) => fee.permissionId);
}

/**
 * Whether everything that was taken has come back: then the last refund gets what is left, which is less than its share
 * when the parts before were rounded up or when more than the capture was refunded.
 */
function exhausted(row: DoubtfulFee, verdict: FeeVerdict, order: readonly OrderFees[]): boolean {
  // Without an order nothing is known of what was taken.
  if (row.typeKey === "capture" || row.amount >= 0n || order.length === 0) return false;
  const { percentage, fixed } = actualFees(row);
  const left = order.reduce((sum, fee) => sum + fee.percentageMinor, 0n);
  return fixed === 0n && percentage >= 0n && percentage < verdict.expected && left === 0n;
}

/**
 * Whether the fixed fee was taken on another capture of the same authorization: it is due once. Without the capture
 * reports nothing tells the authorizations of an order apart, so that its captures count as those of one.
 */
function takenBefore(row: DoubtfulFee, order: readonly OrderFees[]): boolean {
  if (row.typeKey !== "capture" || row.fixedFee !== 0n) return false;
  const own = order.find((fee) => fee.transactionId === row.transactionId)?.authorizationId ?? null;
  return order.some(
    (fee) =>
      fee.typeKey === "capture" &&
      fee.transactionId !== row.transactionId &&
      fee.fixedMinor !== 0n &&
      (own === null || fee.authorizationId === null || fee.authorizationId === own),
  );
}

/** Tells for rows that follow no rate whether the other rows of their order excuse them. */
export async function excuses(
  step: Step,
  rows: readonly DoubtfulFee[],
): Promise<(row: DoubtfulFee, verdict: FeeVerdict) => "exhausted" | "taken-before" | null> {
  const orders = await feesOfOrders(step, rows);
  return (row, verdict) => {
    const order = row.permissionId === null ? [] : (orders.get(row.permissionId) ?? []);
    if (exhausted(row, verdict, order)) return "exhausted";
    return takenBefore(row, order) ? "taken-before" : null;
  };
}
