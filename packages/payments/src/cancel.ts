import { type AmazonPay, StateError, idempotencyKeyFrom } from "@amazon-pay-kit/sdk";
import { chargeRecord, withCharge } from "./charge-record.ts";
import { type PaymentRecord, capturedOf, minorOf } from "./record.ts";
import { refreshPayment } from "./refresh.ts";

/** Why a payment is cancelled; at most 255 characters, for the merchant's eyes. */
export interface CancelInput {
  readonly reason: string;
}

/**
 * Lets go of everything that is authorized and not captured. A permission for one order that nothing was captured of is closed; one
 * that a customer saved stays open. What was captured stays: refund it.
 *
 * @example const record = await cancelPayment(pay, order.payment, { reason: "order cancelled" });
 */
export async function cancelPayment(
  pay: AmazonPay,
  record: PaymentRecord,
  { reason }: CancelInput,
): Promise<PaymentRecord> {
  let present = await refreshPayment(pay, record);
  for (const { chargeId, state } of present.charges) {
    if (state !== "authorized" && state !== "pending") continue;
    present = withCharge(present, await cancelCharge(pay, chargeId, reason));
  }
  if (capturedOf(present) > 0n) return present;
  const { chargePermissionId } = record;
  const permission = await pay.chargePermissions.retrieve(chargePermissionId);
  if (permission.chargePermissionType === "OneTime" && permission.statusDetails.state !== "Closed") {
    await pay.chargePermissions.close(chargePermissionId, { closureReason: reason, cancelPendingCharges: true });
  }
  return present;
}

async function cancelCharge(pay: AmazonPay, chargeId: string, reason: string) {
  try {
    return chargeRecord(await pay.charges.cancel(chargeId, { cancellationReason: reason }));
  } catch (error) {
    // Decided in between, or cancelled by an earlier call whose answer was lost: what it is now counts.
    if (!(error instanceof StateError)) throw error;
    const present = chargeRecord(await pay.charges.retrieve(chargeId));
    if (present.state === "authorized" || present.state === "pending") throw error;
    return present;
  }
}

/**
 * Undoes a payment for which there will be no order: what is authorized is let go of, what was captured is given back whole.
 * A payment is undone once: the same call again moves nothing more.
 */
export async function undoPayment(pay: AmazonPay, record: PaymentRecord): Promise<PaymentRecord> {
  let present = await cancelPayment(pay, record, { reason: "no order was made" });
  for (const { chargeId, state } of present.charges) {
    if (state !== "captured") continue;
    const { captureAmount, chargeAmount, refundedAmount } = await pay.charges.retrieve(chargeId);
    if (refundedAmount !== null && minorOf(refundedAmount.amount, record) > 0n) continue;
    const whole = captureAmount ?? chargeAmount;
    const { refundId } = await pay.refunds.create(
      { chargeId, refundAmount: whole },
      { idempotencyKey: idempotencyKeyFrom("payments", "undo", chargeId) },
    );
    present = { ...present, refunds: [...present.refunds, { refundId, chargeId, amount: whole.amount, key: "undo" }] };
  }
  return present;
}
