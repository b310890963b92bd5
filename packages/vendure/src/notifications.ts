import type { Shop } from "@amazon-pay-kit/payments";
import { NotFoundError } from "@amazon-pay-kit/sdk";
import type { ChangeNotification } from "@amazon-pay-kit/sdk/notifications";
import { PENDING } from "./operations.ts";

/** What notifications change in Vendure. */
export interface Payments {
  readonly paymentOf: (chargeId: string) => Promise<{ readonly id: string | number; readonly state: string } | null>;
  readonly refundOf: (refundId: string) => Promise<{ readonly id: string | number; readonly state: string } | null>;
  readonly move: (paymentId: string | number, state: "Authorized" | "Declined" | "Cancelled") => Promise<void>;
  readonly settle: (paymentId: string | number) => Promise<void>;
  readonly settleRefund: (id: string | number, transactionId: string) => Promise<void>;
  readonly failRefund: (id: string | number) => Promise<void>;
}

/** Brings Vendure's payment or refund to where Amazon's charge or refund is now. What is there already stays. */
export async function follow(
  shop: Shop,
  { objectType, objectId }: Pick<ChangeNotification, "objectType" | "objectId">,
  payments: Payments,
): Promise<void> {
  if (objectType === "CHARGE") return followCharge(shop, objectId, payments);
  if (objectType === "REFUND") return followRefund(shop, objectId, payments);
}

async function followCharge(shop: Shop, chargeId: string, payments: Payments): Promise<void> {
  const payment = await payments.paymentOf(chargeId);
  const charge = payment && (await known(() => shop.pay.charges.retrieve(chargeId)));
  if (payment === null || charge === undefined || charge === null) return;
  const { state } = charge.statusDetails;
  const from = payment.state;
  if (state === "Authorized" && from === PENDING) return payments.move(payment.id, "Authorized");
  if (state === "Declined" && from === PENDING) return payments.move(payment.id, "Declined");
  if (state === "Canceled" && (from === PENDING || from === "Authorized"))
    return payments.move(payment.id, "Cancelled");
  // In Seller Central, and the whole of it: what Vendure captured it has settled already.
  const whole = charge.captureAmount?.amount === charge.chargeAmount.amount;
  if (state === "Captured" && from === "Authorized" && whole) return payments.settle(payment.id);
}

async function followRefund(shop: Shop, refundId: string, payments: Payments): Promise<void> {
  const refund = await payments.refundOf(refundId);
  if (refund === null || refund.state !== "Pending") return;
  const { statusDetails } = (await known(() => shop.pay.refunds.retrieve(refundId))) ?? {};
  if (statusDetails?.state === "Refunded") return payments.settleRefund(refund.id, refundId);
  if (statusDetails?.state === "Declined") return payments.failRefund(refund.id);
}

async function known<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
