import { type RawBuilder, sql } from "kysely";
import { inChunks } from "../../store/chunks.ts";
import { groupBy } from "@amazon-pay-kit/backports";
import type { Step } from "../step/step.ts";
import type { DoubtfulFee } from "./fees-in-store.ts";

/** A capture by which the fee of what was given back of it is judged. */
export interface CaptureOfReturn {
  readonly transactionId: string | null;
  readonly permissionId: string | null;
  readonly orderId: string | null;
  readonly storeName: string | null;
  readonly currency: string;
  readonly postedAt: number;
}

/** Refunds, chargebacks and claims give a fee back that was taken on a capture. */
export function isReturn(row: DoubtfulFee): boolean {
  return row.typeKey !== "capture" && row.typeKey !== "authorization" && row.typeKey !== "dispute";
}

/**
 * The captures of which some rows give money back: by the charge that a report or a record names, else those of the order,
 * else those of the order number in the same store.
 */
export async function capturesOfReturns(
  step: Step,
  rows: readonly DoubtfulFee[],
): Promise<(row: DoubtfulFee) => readonly CaptureOfReturn[]> {
  const returns = rows.filter(isReturn);
  const find = async (column: "permission_id" | "order_id", ids: readonly (string | null)[]) =>
    inChunks(new Set(ids.filter((id) => id !== null)), (some) =>
      capturesWhere(step, sql`${sql.ref(column)} in (${sql.join(some)})`),
    );
  const ofPermissions = groupBy(
    await find(
      "permission_id",
      returns.map((row) => row.permissionId),
    ),
    (capture) => capture.permissionId,
  );
  const without = returns.filter((row) => row.permissionId === null);
  const ofOrders = groupBy(
    await find(
      "order_id",
      without.map((row) => row.orderId),
    ),
    (capture) => `${capture.storeName ?? ""} ${capture.orderId}`,
  );
  return (row) => {
    if (!isReturn(row)) return [];
    const known =
      row.permissionId === null
        ? row.orderId === null
          ? []
          : (ofOrders.get(`${row.storeName ?? ""} ${row.orderId}`) ?? [])
        : (ofPermissions.get(row.permissionId) ?? []);
    const own = known.filter((capture) => capture.currency === row.currency && capture.postedAt <= row.postedAt);
    // The id of a chargeback may be that of its charge.
    const exact = own.filter(
      ({ transactionId }) =>
        transactionId !== null && (transactionId === row.parentId || transactionId === row.transactionId),
    );
    return exact.length > 0 ? exact : own;
  };
}

async function capturesWhere(step: Step, condition: RawBuilder<unknown>): Promise<readonly CaptureOfReturn[]> {
  const { rows } = await sql<CaptureOfReturn>`
    select transaction_id as "transactionId", permission_id as "permissionId", order_id as "orderId",
      store_name as "storeName", currency, posted_at as "postedAt"
    from settlement_row
    where account_id = ${step.accountId} and ${condition} and type_key = 'capture'
    order by posted_at, transaction_id
  `.execute(step.db);
  return rows;
}
