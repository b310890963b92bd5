import { formatAmount } from "@amazon-pay-kit/money";
import { type AmazonPay, idempotencyKeyFrom } from "@amazon-pay-kit/sdk";
import { PaymentError } from "./errors.ts";
import { type PaymentRecord, type RefundRecord, minorOf } from "./record.ts";

/** What is given back, and the shop's id of this refund. */
export interface RefundInput {
  /** Decimal text. */
  readonly amount: string;
  /** Makes this refund unique: the same key again gives nothing more back. */
  readonly key: string;
}

/**
 * Gives back a part of a payment, or all of it: from one charge where one has enough, else from several, the last one first.
 * What can be given back is read from Amazon Pay before anything is moved.
 *
 * @example const record = await refundPayment(pay, order.payment, { amount: "5.00", key: creditNote.id });
 * @throws PaymentError `payment.exceeds`; errors of `refunds.create`
 */
export async function refundPayment(
  pay: AmazonPay,
  record: PaymentRecord,
  { amount, key }: RefundInput,
): Promise<PaymentRecord> {
  if (record.refunds.some((refund) => refund.key === key)) return record;
  const wanted = minorOf(amount, record);
  const left = await refundable(pay, record, key);
  const total = left.reduce((sum, charge) => sum + charge.left, 0n);
  if (wanted <= 0n || wanted > total) {
    const { currency } = record;
    throw new PaymentError(
      "payment.exceeds",
      `${amount} ${currency} cannot be given back: ${formatAmount(total, currency)} are left of what was captured`,
      "refund at most what is left",
    );
  }
  const enough = left.find((charge) => charge.left >= wanted);
  const refunds: RefundRecord[] = [];
  let missing = wanted;
  for (const charge of enough === undefined ? left : [enough]) {
    const part = charge.left < missing ? charge.left : missing;
    if (part <= 0n) continue;
    const shown = formatAmount(part, record.currency);
    const { refundId } = await pay.refunds.create(
      { chargeId: charge.chargeId, refundAmount: { minor: part, currency: record.currency } },
      { idempotencyKey: idempotencyKeyFrom("payments", "refund", charge.chargeId, key) },
    );
    refunds.push({ refundId, chargeId: charge.chargeId, amount: shown, key });
    missing -= part;
  }
  return { ...record, refunds: [...record.refunds, ...refunds] };
}

interface Refundable {
  readonly chargeId: string;
  readonly left: bigint;
}

/** What is left of each captured charge, the last one first. A refund of the same key may have been made and its answer lost. */
async function refundable(pay: AmazonPay, record: PaymentRecord, key: string): Promise<Refundable[]> {
  const left: Refundable[] = [];
  for (const { chargeId, state } of record.charges.toReversed()) {
    if (state !== "captured") continue;
    const { captureAmount, chargeAmount, refundedAmount } = await pay.charges.retrieve(chargeId);
    const captured = minorOf((captureAmount ?? chargeAmount).amount, record);
    const ours = record.refunds
      .filter((refund) => refund.chargeId === chargeId && refund.key !== key)
      .reduce((sum, refund) => sum + minorOf(refund.amount, record), 0n);
    const theirs = refundedAmount === null ? 0n : minorOf(refundedAmount.amount, record);
    left.push({ chargeId, left: captured - (ours > theirs ? ours : theirs) });
  }
  return left;
}
