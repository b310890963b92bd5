import type { AmazonPay, CheckoutOutcome, Price } from "@amazon-pay-kit/sdk";
import { parseAmount } from "@amazon-pay-kit/money";
import { chargeRecord } from "./charge-record.ts";
import { PaymentError } from "./errors.ts";
import { checkReference } from "./mark.ts";
import type { PaymentRecord } from "./record.ts";

/** A checkout that comes back from Amazon's page. */
export interface FinishInput {
  readonly checkoutSessionId: string;
  /** What the session was given as `chargeAmount`. */
  readonly amount: { readonly amount: string; readonly currencyCode: string };
  /** The reference that the session was marked with: see `markText`. */
  readonly reference: string;
}

/** How it ended, and what to keep with the order where the buyer agreed. */
export interface Finished {
  readonly outcome: CheckoutOutcome;
  readonly record: PaymentRecord | null;
}

/**
 * Finishes a checkout for one order: only a session that was marked with the order's reference counts, and only for its amount. The
 * same call gives the same answer again.
 *
 * @example
 * const { outcome, record } = await finishPayment(pay, { checkoutSessionId, amount, reference: order.id });
 * @throws PaymentError `payment.not-yours`, `payment.amount`; errors of `checkoutSessions.finish`
 */
export async function finishPayment(pay: AmazonPay, input: FinishInput): Promise<Finished> {
  const { checkoutSessionId, amount, reference } = input;
  const before = await pay.checkoutSessions.retrieve(checkoutSessionId);
  if (before.statusDetails.state === "Open") checkReference(before.merchantMetadata, reference);
  const outcome = await pay.checkoutSessions.finish(checkoutSessionId, amount as Price);
  const { chargePermissionId } = outcome.session;
  if (chargePermissionId === null) return { outcome, record: null };
  // A completed session no longer shows what it was marked with; its permission does.
  if (before.statusDetails.state !== "Open")
    checkReference((await pay.chargePermissions.retrieve(chargePermissionId)).merchantMetadata, reference);
  const { charge } = outcome;
  if (charge !== null) checkAmount(charge.chargeAmount, amount);
  const record: PaymentRecord = {
    chargePermissionId,
    currency: amount.currencyCode,
    amount: amount.amount,
    charges: charge === null ? [] : [chargeRecord(charge, outcome.outcome === "captured" ? "checkout" : null)],
    refunds: [],
  };
  return { outcome, record };
}

function checkAmount(charged: Price, { amount, currencyCode }: FinishInput["amount"]): void {
  const same =
    charged.currencyCode === currencyCode &&
    parseAmount(charged.amount, currencyCode) === parseAmount(amount, currencyCode);
  if (same) return;
  throw new PaymentError(
    "payment.amount",
    `the charge is for ${charged.amount} ${charged.currencyCode}, the order for ${amount} ${currencyCode}`,
    "cancel or refund the charge, and let the buyer go through checkout for the present amount",
  );
}
