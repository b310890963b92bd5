import type { MerchantMetadata } from "@amazon-pay-kit/sdk";
import { PaymentError } from "./errors.ts";

/**
 * For whom a payment is. It stands in `merchantMetadata.customInformation`, which only the merchant can set: an id that comes back
 * through the buyer's browser may be that of another order, or of another customer's payment method.
 */
export interface Mark {
  /** The shop's own id of the order or payment session. */
  readonly reference: string;
  /** The shop's own id of the customer; needed to charge the permission again. */
  readonly customer?: string | undefined;
}

/** How a charge is marked that `capturePayment` made for a further part. */
export const furtherPart = (key: string): string => JSON.stringify({ capture: key });

/** Whether a charge was made by `capturePayment` for a further part: whoever hears of it by a notification has captured it already. */
export function isFurtherPart(metadata: MerchantMetadata | null | undefined): boolean {
  return typeof parsed(metadata)?.["capture"] === "string";
}

function parsed(metadata: MerchantMetadata | null | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(metadata?.customInformation ?? "");
    return Object(value) === value ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The mark as it is kept with Amazon Pay. */
export function markText({ reference, customer }: Mark): string {
  return JSON.stringify(customer === undefined ? { reference } : { reference, customer });
}

/** The mark of a session or permission; undefined where there is none. */
export function markOf(metadata: MerchantMetadata | null | undefined): Mark | undefined {
  const { reference, customer } = parsed(metadata) ?? {};
  if (typeof reference !== "string") return undefined;
  return typeof customer === "string" ? { reference, customer } : { reference };
}

/** @throws PaymentError `payment.not-yours` when it is marked for another order, or not marked */
export function checkReference(metadata: MerchantMetadata | null | undefined, reference: string): void {
  if (markOf(metadata)?.reference === reference) return;
  throw new PaymentError(
    "payment.not-yours",
    `this payment was not made for ${reference}: it is marked for another order, or not at all`,
    "let the buyer go through checkout for this order",
  );
}

/** @throws PaymentError `payment.not-yours` when it is not marked for that customer */
export function checkCustomer(metadata: MerchantMetadata | null | undefined, customer: string | undefined): void {
  if (customer !== undefined && markOf(metadata)?.customer === customer) return;
  throw new PaymentError(
    "payment.not-yours",
    customer === undefined
      ? "a saved payment method can be charged for a customer who is signed in only"
      : "this saved payment method is not the customer's: it is marked for another one, or not at all",
    "let the buyer go through checkout again",
  );
}
