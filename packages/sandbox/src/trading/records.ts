import type { Engine } from "../engine/engine.ts";

/** A charge or refund as the shop has it in its own books. */
export interface ShopRecord {
  readonly kind: "charge" | "refund";
  /** Charge id or refund id. */
  readonly transactionId: string;
  /** Charge that a refund belongs to; null for charges. */
  readonly parentTransactionId: string | null;
  /** The shop's number of the payment; null where it gave none. */
  readonly referenceId: string | null;
  readonly permissionId: string;
  /** The shop's number of the order. */
  readonly orderId: string | null;
  /** Minor units, positive for both kinds: what was captured, what was given back. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  readonly status: string;
}

/** The shop's own order book: every charge that was captured and every refund that went out, oldest first. */
export function shopRecords(engine: Engine, merchantId: string, environment: "sandbox" | "live"): ShopRecord[] {
  const records: ShopRecord[] = [];
  for (const charge of engine.state.charges.under("merchant", merchantId)) {
    if (charge.environment !== environment || charge.captured === null || charge.capturedAt === null) continue;
    records.push({
      kind: "charge",
      transactionId: charge.chargeId,
      parentTransactionId: null,
      referenceId: charge.merchantMetadata.merchantReferenceId,
      permissionId: charge.chargePermissionId,
      orderId: orderOf(engine, charge.chargePermissionId),
      amountMinor: charge.captured.minor,
      currency: charge.captured.currencyCode,
      occurredAt: charge.capturedAt,
      status: charge.status.state,
    });
  }
  for (const refund of engine.state.refunds.under("merchant", merchantId)) {
    if (refund.environment !== environment || refund.refundedAt === null) continue;
    records.push({
      kind: "refund",
      transactionId: refund.refundId,
      parentTransactionId: refund.chargeId,
      referenceId: engine.state.charges.get(refund.chargeId)?.merchantMetadata.merchantReferenceId ?? null,
      permissionId: refund.chargePermissionId,
      orderId: orderOf(engine, refund.chargePermissionId),
      amountMinor: refund.amount.minor,
      currency: refund.amount.currencyCode,
      occurredAt: refund.refundedAt,
      status: refund.status.state,
    });
  }
  return records.sort((left, right) => left.occurredAt - right.occurredAt);
}

function orderOf(engine: Engine, chargePermissionId: string): string | null {
  return engine.state.chargePermissions.get(chargePermissionId)?.merchantMetadata.merchantReferenceId ?? null;
}
