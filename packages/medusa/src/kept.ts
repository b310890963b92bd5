import { type PaymentRecord, type PermissionKind, readRecord } from "@amazon-pay-kit/payments";
import type { DeclineAdvice, RecurringMetadataInput } from "@amazon-pay-kit/sdk";
import type { CheckoutButton } from "@amazon-pay-kit/payments";
import { AmazonPayProviderError } from "./errors.ts";
import type { Amount } from "./amounts.ts";

/**
 * What Medusa keeps in the `data` of a payment session and of a payment. The storefront reads it, so it holds neither secrets nor
 * buyer data. Medusa puts what the storefront sent beneath it: every member is therefore written at every call, so that none of the
 * storefront's counts that it may not set.
 */
export interface Kept {
  /** Id of Medusa's payment session; the payment is marked with it at Amazon. */
  readonly session_id: string;
  /** The customer for whom the session is, by Medusa's own account. */
  readonly customer_id: string | null;
  readonly amount: Amount;
  readonly permission_type: PermissionKind;
  /** For the page with the button; null afterwards. */
  readonly button: CheckoutButton | null;
  readonly checkout_session_id: string | null;
  /** A saved permission that this payment is charged to. */
  readonly charge_permission_id: string | null;
  /** Where the buyer confirms; null while something is missing, or confirmed. */
  readonly redirect_url: string | null;
  /** What is missing before the buyer can confirm. */
  readonly constraints: readonly string[];
  /** What was authorized and captured; null before. */
  readonly payment: PaymentRecord | null;
  /** Why the payment was declined, and what to offer the buyer. */
  readonly declined: { readonly reason_code: string | null; readonly advice: DeclineAdvice } | null;
}

/** What a storefront may send with a payment session. */
export interface Wanted {
  /** `amazonCheckoutSessionId` of the review page's address. */
  readonly checkout_session_id?: string | undefined;
  /** A permission that the signed-in customer gave before. */
  readonly charge_permission_id?: string | undefined;
  readonly permission_type?: PermissionKind | undefined;
  readonly recurring?: RecurringMetadataInput | undefined;
}

const KINDS: readonly PermissionKind[] = ["OneTime", "Recurring", "PaymentMethodOnFile"];

/** Reads what a storefront sent. @throws AmazonPayProviderError `medusa.input` */
export function wantedOf(data: Record<string, unknown> = {}): Wanted {
  const text = (name: "checkout_session_id" | "charge_permission_id"): string | undefined => {
    const value = data[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== "string" || !/^[\w-]{1,100}$/.test(value)) throw wrong(`\`${name}\` is no id of Amazon Pay`);
    return value;
  };
  const kind = data["permission_type"] ?? "OneTime";
  if (!KINDS.includes(kind as PermissionKind)) throw wrong(`\`permission_type\` must be one of ${KINDS.join(", ")}`);
  const wanted = {
    checkout_session_id: text("checkout_session_id"),
    charge_permission_id: text("charge_permission_id"),
    permission_type: kind as PermissionKind,
    recurring: data["recurring"] as RecurringMetadataInput | undefined,
  };
  if (wanted.checkout_session_id !== undefined && wanted.charge_permission_id !== undefined)
    throw wrong("`checkout_session_id` and `charge_permission_id` exclude each other");
  return wanted;
}

/** Reads what this provider gave Medusa to keep. @throws AmazonPayProviderError `medusa.input` */
export function keptOf(data: Record<string, unknown> | undefined): Kept {
  const { session_id, amount, payment } = (data ?? {}) as Partial<Kept>;
  if (typeof session_id !== "string" || typeof amount?.amount !== "string" || typeof amount.currencyCode !== "string")
    throw wrong("`data` is not what this provider gave to be kept");
  if (payment !== null && payment !== undefined) readRecord(payment);
  return {
    customer_id: null,
    permission_type: "OneTime",
    button: null,
    checkout_session_id: null,
    charge_permission_id: null,
    redirect_url: null,
    constraints: [],
    declined: null,
    ...(data as Partial<Kept>),
    session_id,
    amount,
    payment: payment ?? null,
  };
}

/** As Medusa takes it. */
export const dataOf = (kept: Kept): Record<string, unknown> => ({ ...kept });

export function wrong(message: string): AmazonPayProviderError {
  return new AmazonPayProviderError("invalid_data", "medusa.input", message);
}
