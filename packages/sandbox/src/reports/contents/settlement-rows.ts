import type { Movement } from "../../engine/objects/index.ts";
import { netOf } from "../../settlement/movements.ts";
import { wholeSecond } from "../../settlement/periods/running-period.ts";
import type { DraftRow } from "../../engine/objects/report.ts";

/** A movement as a row of a settlement file. */
export function settlementRow(movement: Movement, settlementId: string): DraftRow {
  return {
    values: {
      transactionPostedDate: wholeSecond(movement.postedAt),
      settlementId,
      amazonTransactionId: movement.transactionId,
      sellerReferenceId: movement.referenceId,
      transactionType: movement.type,
      amazonOrderReferenceId: movement.permissionId,
      sellerOrderId: movement.orderId,
      storeName: movement.storeName,
      currencyCode: movement.currency,
      transactionDescription: movement.description,
      transactionAmount: movement.amount,
      transactionPercentageFee: movement.percentageFee,
      transactionFixedFee: movement.fixedFee,
      totalTransactionFee: movement.percentageFee + movement.fixedFee,
      netTransactionAmount: netOf(movement),
    },
  };
}

/** Rows in order of posting; those of one moment as they were posted. */
export function settlementRows(movements: readonly Movement[], settlementId: string): DraftRow[] {
  return movements
    .toSorted((left, right) => left.postedAt - right.postedAt)
    .map((movement) => settlementRow(movement, settlementId));
}
