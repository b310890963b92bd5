import { formatAmount } from "@amazon-pay-kit/money";
import { type AmazonPay, type Charge, type MoneyLike, StateError, idempotencyKeyFrom } from "@amazon-pay-kit/sdk";
import { chargeRecord, withCharge } from "./charge-record.ts";
import { PaymentError } from "./errors.ts";
import { furtherPart } from "./mark.ts";
import { type ChargeRecord, type PaymentRecord, capturedOf, minorOf } from "./record.ts";
import { refreshPayment } from "./refresh.ts";

/** What is captured, and the shop's id of this capture. */
export interface CaptureInput {
  /** Decimal text. Default: what is left. */
  readonly amount?: string | undefined;
  /** Makes this capture unique: the same key again captures nothing more. */
  readonly key: string;
}

/**
 * Captures a part of a payment, or what is left of it. Amazon captures a charge once and lets go of the rest; further parts, and
 * payments whose authorization has expired, are charged to the same permission.
 *
 * @example const record = await capturePayment(pay, order.payment, { amount: "20.00", key: shipment.id });
 * @throws PaymentError `payment.exceeds`, `payment.pending`, `payment.captured-elsewhere`; DeclinedError where a further charge is
 * declined; other errors of the client
 */
export async function capturePayment(
  pay: AmazonPay,
  record: PaymentRecord,
  { amount, key }: CaptureInput,
): Promise<PaymentRecord> {
  if (record.charges.some(({ capture }) => capture === key)) return record;
  const present = await refreshPayment(pay, record);
  const left = minorOf(record.amount, record) - capturedOf(record);
  const wanted = amount === undefined ? left : minorOf(amount, record);
  if (wanted <= 0n || wanted > left) {
    const shown = (minor: bigint): string => `${formatAmount(minor, record.currency)} ${record.currency}`;
    throw new PaymentError(
      "payment.exceeds",
      `${shown(wanted)} cannot be captured: ${shown(left)} of ${record.amount} are left`,
      "capture at most what is left",
    );
  }
  const price = { minor: wanted, currency: record.currency };
  const before = record.charges.find(({ state }) => state === "authorized" || state === "pending");
  const open = before && present.charges.find(({ chargeId }) => chargeId === before.chargeId);
  if (open?.state === "pending") {
    throw new PaymentError(
      "payment.pending",
      `charge ${open.chargeId} is not decided yet: Amazon says so within 24 hours`,
      "wait for the notification, then capture",
    );
  }
  if (open?.state === "authorized" || open?.state === "captured")
    return withCharge(present, await captureCharge(pay, open, price, { key, wanted, record }));
  const charge = await pay.charges.create(
    {
      chargePermissionId: record.chargePermissionId,
      chargeAmount: price,
      captureNow: true,
      merchantMetadata: { customInformation: furtherPart(key) },
    },
    { idempotencyKey: idempotencyKeyFrom("payments", "charge", record.chargePermissionId, key) },
  );
  return withCharge(present, chargeRecord(charge, key));
}

/** Captures a charge. One that is captured already is taken as captured by this call if it was, or if all of it was. */
async function captureCharge(
  pay: AmazonPay,
  { chargeId, amount }: ChargeRecord,
  captureAmount: MoneyLike,
  { key, wanted, record }: { readonly key: string; readonly wanted: bigint; readonly record: PaymentRecord },
): Promise<ChargeRecord> {
  let charge: Charge;
  try {
    // A repeat under the same key is answered as the first was, also when its answer was lost.
    charge = await pay.charges.capture(
      chargeId,
      { captureAmount },
      { idempotencyKey: idempotencyKeyFrom("payments", "capture", chargeId, key) },
    );
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    charge = await pay.charges.retrieve(chargeId);
    const captured = charge.statusDetails.state === "Captured" ? (charge.captureAmount ?? charge.chargeAmount) : null;
    if (captured === null) throw error;
    const whole = minorOf(captured.amount, record) === minorOf(amount, record);
    if (!whole || minorOf(captured.amount, record) !== wanted) {
      throw new PaymentError(
        "payment.captured-elsewhere",
        `charge ${chargeId} was captured elsewhere, for ${captured.amount} ${captured.currencyCode} and not for ${formatAmount(wanted, record.currency)}`,
        "read the order again; if it does not show that capture, settle the rest in Seller Central",
      );
    }
  }
  return chargeRecord(charge, key);
}
