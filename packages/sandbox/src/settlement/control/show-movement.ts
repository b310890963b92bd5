import { formatAmount, formatInstant } from "@amazon-pay-kit/money";
import type { Movement } from "../../engine/objects/index.ts";
import { netOf } from "../movements.ts";

/** A movement as the truth shows it: named and signed as in the settlement file. */
export function showMovement(movement: Movement): Readonly<Record<string, unknown>> {
  const { currency } = movement;
  return {
    environment: movement.environment,
    settlementId: movement.settlementId,
    transactionPostedDate: formatInstant(movement.postedAt),
    transactionType: movement.type,
    amazonTransactionId: movement.transactionId,
    sellerReferenceId: movement.referenceId,
    amazonOrderReferenceId: movement.permissionId,
    sellerOrderId: movement.orderId,
    storeName: movement.storeName,
    currencyCode: currency,
    transactionDescription: movement.description,
    transactionAmount: formatAmount(movement.amount, currency),
    transactionPercentageFee: formatAmount(movement.percentageFee, currency),
    transactionFixedFee: formatAmount(movement.fixedFee, currency),
    totalTransactionFee: formatAmount(movement.percentageFee + movement.fixedFee, currency),
    netTransactionAmount: formatAmount(netOf(movement), currency),
  };
}
