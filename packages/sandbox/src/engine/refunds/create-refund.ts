import { DomainError } from "../domain-error.ts";
import { requirePositive } from "../amounts.ts";
import { requireChargeOperation } from "../payments/capture-charge.ts";
import type { Engine } from "../engine.ts";
import { MOST_REFUNDS, refundCeiling } from "../limits.ts";
import type { Amount, Charge, Refund } from "../objects/index.ts";
import { begin, initialStatus } from "../states/move.ts";
import { REFUND_STATES } from "../states/state-tables.ts";
import { PENDING_REFUND } from "../times.ts";

/** Task: a refund becomes final; the payload is the reason of a decline, or null. */
export const FINISH_REFUND = "refund.finish";

/** What a refund is made from. */
export interface NewRefund {
  readonly amount: Amount;
  readonly softDescriptor?: string | null;
}

/**
 * Gives money back for a captured charge; it becomes final later (docs/amazon-pay/operations.md).
 *
 * @param declineReason how it ends; null for success
 * @throws DomainError
 */
export function createRefund(
  engine: Engine,
  charge: Charge,
  { amount, softDescriptor }: NewRefund,
  declineReason: "AmazonRejected" | "ProcessingFailure" | null = null,
): Refund {
  requireRefundable(engine, charge, amount);
  const now = engine.now();
  const refund: Refund = {
    refundId: engine.childId(charge.chargeId.replace(/-C\d+$/, ""), "R"),
    chargeId: charge.chargeId,
    chargePermissionId: charge.chargePermissionId,
    merchantId: charge.merchantId,
    environment: charge.environment,
    amount,
    softDescriptor: softDescriptor ?? null,
    status: initialStatus(engine, "RefundInitiated"),
    createdAt: now,
    refundedAt: null,
    history: [],
  };
  begin(engine, REFUND_STATES, refund.refundId, refund, "RefundInitiated");
  engine.state.refunds.put(refund.refundId, refund);
  engine.schedule(now + PENDING_REFUND, FINISH_REFUND, refund.refundId, declineReason);
  engine.bus.emit("refund.changed", { refund });
  return refund;
}

function requireRefundable(engine: Engine, charge: Charge, amount: Amount): void {
  requireChargeOperation(charge, "refund");
  requirePositive(amount, "refundAmount");
  const { captured } = charge;
  if (captured === null || amount.currencyCode !== captured.currencyCode) {
    throw new DomainError(
      "CurrencyMismatch",
      `The currency of the refund must be the currency of the charge: ${charge.amount.currencyCode}.`,
    );
  }
  let [sum, count] = [amount.minor, 1];
  for (const other of engine.state.refunds.under("charge", charge.chargeId)) {
    if (other.status.state === "Declined") continue;
    sum += other.amount.minor;
    count += 1;
  }
  if (count > MOST_REFUNDS) {
    throw new DomainError(
      "TransactionCountExceeded",
      `You have exceeded the allowed number of refunds: ${MOST_REFUNDS}.`,
    );
  }
  if (sum > refundCeiling(captured).minor) {
    throw new DomainError(
      "TransactionAmountExceeded",
      "You have exceeded the maximum amount that can be refunded for this charge.",
    );
  }
}
