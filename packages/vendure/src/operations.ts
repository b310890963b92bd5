import {
  cancelPayment,
  capturePayment,
  chargeSaved,
  type CheckoutButton,
  checkoutButton,
  finishPayment,
  PaymentError,
  type PaymentRecord,
  type PermissionKind,
  prepareCheckout,
  readRecord,
  refundPayment,
  type Shop,
  stepOf,
} from "@amazon-pay-kit/payments";
import { DeclinedError, InvalidInputError, type RecurringMetadataInput, StateError } from "@amazon-pay-kit/sdk";
import { amountOf } from "./amounts.ts";

/** State of a payment that Amazon has not decided about yet. */
export const PENDING = "AmazonPayPending";

/** A payment's state in Vendure. */
export type VendureState = "Authorized" | "Settled" | "Declined" | "Cancelled" | "Error" | typeof PENDING;

/** What the operations need of an order. */
export interface OrderPart {
  readonly code: string;
  readonly currencyCode: string;
}

/** What they need of a payment. */
export interface PaymentPart {
  readonly id: string | number;
  readonly metadata: Record<string, unknown>;
  readonly refunds?: readonly object[];
}

/** What a storefront gives with `addPaymentToOrder`. */
export interface Given {
  readonly checkoutSessionId?: unknown;
  readonly chargePermissionId?: unknown;
}

/** A payment as Vendure keeps it. */
export interface MadePayment {
  readonly amount: number;
  readonly state: VendureState;
  readonly transactionId?: string;
  readonly errorMessage?: string;
  readonly metadata: Record<string, unknown>;
}

/** The part of a checkout before the payment: the button, or the address where the buyer confirms. */
export interface Checkout {
  readonly button: CheckoutButton | null;
  readonly redirectUrl: string | null;
  readonly constraints: readonly string[];
}

/** Who pays, by Vendure's own session. */
export type UserId = string | number | undefined;

/** Begins or goes on with the checkout of an order. */
export async function checkout(
  shop: Shop,
  order: OrderPart & { readonly totalWithTax: number },
  userId: UserId,
  input: {
    checkoutSessionId?: string | null;
    permissionType?: PermissionKind | null;
    recurring?: RecurringMetadataInput | null;
  },
  precision: number,
): Promise<Checkout> {
  const amount = amountOf(order.totalWithTax, order.currencyCode, precision);
  const about = {
    reference: order.code,
    customer: userId === undefined ? undefined : String(userId),
    amount,
    kind: input.permissionType ?? undefined,
    recurring: input.recurring ?? undefined,
  };
  if (typeof input.checkoutSessionId !== "string")
    return { button: await checkoutButton(shop, about), redirectUrl: null, constraints: [] };
  return { button: null, ...(await prepareCheckout(shop, input.checkoutSessionId, about)) };
}

/**
 * Makes a payment of what the storefront gave: finishes the checkout, or charges the signed-in customer's saved permission. What is not
 * the order's, or was declined, is told as Vendure tells it; a lost connection is thrown, and the same call again goes on.
 *
 * @param isTaken whether a payment of Vendure has that charge already
 */
export async function createPayment(
  shop: Shop,
  order: OrderPart,
  value: number,
  given: Given,
  userId: UserId,
  { precision, isTaken }: { readonly precision: number; readonly isTaken: (chargeId: string) => Promise<boolean> },
): Promise<MadePayment> {
  const amount = amountOf(value, order.currencyCode, precision);
  const failed = (state: "Declined" | "Error", errorMessage: string, more: object = {}): MadePayment => ({
    amount: value,
    state,
    errorMessage,
    metadata: { public: more },
  });
  try {
    const made = await recordOf(shop, order, amount, given, userId);
    if ("advice" in made) return failed("Declined", "Amazon Pay declined the payment", made);
    if ("errorMessage" in made) return failed("Error", made.errorMessage);
    const [charge] = made.charges;
    if (charge === undefined) return failed("Error", "the checkout has no charge");
    // One checkout pays once: an order that is paid in several parts needs one for each.
    if (await isTaken(charge.chargeId)) return failed("Error", `charge ${charge.chargeId} has paid already`);
    return { amount: value, state: stateOf(made), transactionId: charge.chargeId, metadata: { record: made } };
  } catch (error) {
    if (error instanceof DeclinedError)
      return failed("Declined", error.message, { reasonCode: error.reasonCode, advice: error.advice });
    if (error instanceof PaymentError || error instanceof InvalidInputError || error instanceof StateError)
      return failed("Error", error.message);
    throw error;
  }
}

async function recordOf(
  shop: Shop,
  order: OrderPart,
  amount: { readonly amount: string; readonly currencyCode: string },
  { checkoutSessionId, chargePermissionId }: Given,
  userId: UserId,
): Promise<PaymentRecord | { advice: string; reasonCode: string | null } | { errorMessage: string }> {
  const { pay, options } = shop;
  if (typeof chargePermissionId === "string") {
    return chargeSaved(pay, {
      chargePermissionId,
      customer: userId === undefined ? undefined : String(userId),
      amount,
      reference: order.code,
      captureNow: options.captureAtCheckout,
      pending: options.allowPending,
    });
  }
  if (typeof checkoutSessionId !== "string")
    return { errorMessage: "`metadata` needs `checkoutSessionId`, or `chargePermissionId` of a saved payment method" };
  const { outcome, record } = await finishPayment(pay, { checkoutSessionId, amount, reference: order.code });
  if (outcome.outcome === "declined") return { advice: outcome.advice, reasonCode: outcome.reasonCode };
  if (outcome.outcome === "open") return { errorMessage: "the buyer has not confirmed at Amazon Pay yet" };
  return record ?? { errorMessage: "the buyer cancelled at Amazon Pay" };
}

const STATES: Readonly<Record<string, VendureState>> = {
  __proto__: null as never,
  captured: "Settled",
  authorized: "Authorized",
  "partially-captured": "Authorized",
  pending: PENDING,
  declined: "Declined",
  canceled: "Cancelled",
};

/** How Vendure calls what a payment is. */
export function stateOf(record: PaymentRecord): VendureState {
  return STATES[stepOf(record)] ?? "Error";
}

/** Captures what is left of a payment. */
export async function settle(shop: Shop, payment: PaymentPart) {
  const record = readRecord(payment.metadata["record"]);
  const key = `settle-${payment.id}`;
  return { success: true, metadata: { record: await capturePayment(shop.pay, record, { key }) } } as const;
}

/** Lets go of what is authorized. */
export async function cancel(shop: Shop, payment: PaymentPart) {
  const record = readRecord(payment.metadata["record"]);
  return {
    success: true,
    metadata: { record: await cancelPayment(shop.pay, record, { reason: "cancelled in Vendure" }) },
  } as const;
}

/** Gives back a part or all. Vendure's refund has no id yet, so the number of refunds before it makes it unique. */
export async function refund(shop: Shop, payment: PaymentPart, value: number, precision: number) {
  const record = readRecord(payment.metadata["record"]);
  const { amount } = amountOf(value, record.currency, precision);
  const key = `refund-${payment.id}-${payment.refunds?.length ?? 0}`;
  const refunds = (await refundPayment(shop.pay, record, { amount, key })).refunds.filter((one) => one.key === key);
  const states = await Promise.all(refunds.map(({ refundId }) => shop.pay.refunds.retrieve(refundId)));
  const settled = states.every(({ statusDetails }) => statusDetails.state === "Refunded");
  return {
    state: settled ? "Settled" : "Pending",
    transactionId: refunds.map(({ refundId }) => refundId).join(" "),
    metadata: { refunds },
  } as const;
}
