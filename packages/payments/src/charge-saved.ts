import { type AmazonPay, type ChargeCreate, type Price, idempotencyKeyFrom } from "@amazon-pay-kit/sdk";
import { chargeRecord } from "./charge-record.ts";
import { checkCustomer, markText } from "./mark.ts";
import type { PaymentRecord } from "./record.ts";

/** A payment with a permission that a customer gave before. */
export interface SavedInput {
  /** Of type `Recurring` or `PaymentMethodOnFile`. */
  readonly chargePermissionId: string;
  /** The customer whose permission it must be. */
  readonly customer: string | undefined;
  readonly amount: { readonly amount: string; readonly currencyCode: string };
  /** The shop's id of this payment; makes it unique. */
  readonly reference: string;
  /** Capture at once. Default false. */
  readonly captureNow?: boolean | undefined;
  /** Take an answer that comes within 24 hours; not together with `captureNow`. Default false. */
  readonly pending?: boolean | undefined;
  /** Who starts it; for `PaymentMethodOnFile`. */
  readonly initiator?: ChargeCreate["chargeInitiator"] | undefined;
}

/**
 * Charges a saved or recurring permission, after a look at whose it is.
 *
 * @example const record = await chargeSaved(pay, { chargePermissionId, customer: user.id, amount, reference: order.id });
 * @throws PaymentError `payment.not-yours`; DeclinedError; other errors of `charges.create`
 */
export async function chargeSaved(pay: AmazonPay, input: SavedInput): Promise<PaymentRecord> {
  const { chargePermissionId, amount, reference, captureNow = false, pending = false, initiator } = input;
  const permission = await pay.chargePermissions.retrieve(chargePermissionId);
  checkCustomer(permission.merchantMetadata, input.customer);
  const onFile = permission.chargePermissionType === "PaymentMethodOnFile";
  const charge = await pay.charges.create(
    {
      chargePermissionId,
      chargeAmount: amount as Price,
      captureNow,
      ...(!captureNow && { canHandlePendingAuthorization: pending }),
      ...(onFile && { chargeInitiator: initiator ?? "CITU", channel: "Web" }),
      merchantMetadata: {
        merchantReferenceId: reference,
        customInformation: markText({ reference, customer: input.customer }),
      },
    },
    { idempotencyKey: idempotencyKeyFrom("payments", chargePermissionId, reference) },
  );
  return {
    chargePermissionId,
    currency: amount.currencyCode,
    amount: amount.amount,
    charges: [chargeRecord(charge, captureNow ? "checkout" : null)],
    refunds: [],
  };
}
