import { DeclinedError, type DeclineAdvice } from "../errors/declined-error.ts";
import { InvalidInputError } from "../errors/invalid-input-error.ts";
import { StateError } from "../errors/state-error.ts";
import { invalidValue } from "../operations/fields/issue.ts";
import { idempotencyKeyFrom } from "../request/idempotency.ts";
import type { ChargePermissions } from "../resources/charge-permissions.ts";
import type { Charges } from "../resources/charges.ts";
import type { Charge, ChargeCreate } from "../types/charge.ts";
import type { ChargePermission } from "../types/charge-permission.ts";
import type { RequestOptions } from "../client/options.ts";

/** One payment of a subscription. */
export interface SubscriptionCharge {
  readonly chargePermissionId: string;
  readonly amount: ChargeCreate["chargeAmount"];
  /** What this payment is for, such as `2026-11`: together with the permission it makes the payment unique. */
  readonly period: string;
  /** Which try of this period, from 1. Keep it with the subscription; the step after a decline says what comes next. */
  readonly attempt: number;
  /** Default true. */
  readonly captureNow?: boolean;
  /** Your reference for this payment. */
  readonly merchantReferenceId?: string;
  /** Days to wait after the first, second, … decline before the next try. Default 1, 3, 5 and 7; then the buyer is asked. */
  readonly retryAfterDays?: readonly number[];
}

/** What to do after a decline. */
export type SubscriptionStep =
  /** Try again with `attempt` after this many days. */
  | { readonly action: "retry"; readonly afterDays: number; readonly attempt: number }
  /** Ask the buyer for another payment method, or to confirm; then go on with `attempt`. */
  | { readonly action: "ask-buyer"; readonly why: "other-payment-method" | "confirm"; readonly attempt: number }
  /** End the subscription: the permission is closed, and only a new checkout gives another. */
  | { readonly action: "stop" };

/** How a payment of a subscription ended. */
export type SubscriptionOutcome =
  | { readonly outcome: "captured" | "authorized" | "pending"; readonly charge: Charge }
  | { readonly outcome: "declined"; readonly reasonCode: string | null; readonly next: SubscriptionStep };

const RETRY_AFTER_DAYS: readonly number[] = [1, 3, 5, 7];

/** The part of a client that is needed. */
export interface SubscriptionClient {
  readonly charges: Pick<Charges, "create">;
  readonly chargePermissions: Pick<ChargePermissions, "retrieve">;
}

/**
 * Takes one payment of a subscription and says what to do when it is declined. Its idempotency key comes from permission, period
 * and attempt: a job that is run twice, or starts again after a crash, charges once.
 *
 * @example
 * const result = await chargeSubscription(client, { chargePermissionId, amount, period: "2026-11", attempt: 1 });
 * if (result.outcome === "declined" && result.next.action === "retry") await schedule(result.next.afterDays, result.next.attempt);
 * @see https://developer.amazon.com/docs/amazon-pay-checkout/handling-declines.html
 * @throws InvalidInputError for an attempt that is no whole number from 1; every error of `charges.create` that is no decline
 */
export async function chargeSubscription(
  client: SubscriptionClient,
  payment: SubscriptionCharge,
  options: Omit<RequestOptions, "idempotencyKey"> = {},
): Promise<SubscriptionOutcome> {
  const { chargePermissionId, amount, period, attempt, captureNow = true, merchantReferenceId } = payment;
  if (!Number.isSafeInteger(attempt) || attempt < 1)
    throw new InvalidInputError("chargeSubscription", [invalidValue("attempt", "must be a whole number from 1")]);
  try {
    const charge = await client.charges.create(
      {
        chargePermissionId,
        chargeAmount: amount,
        captureNow,
        ...(merchantReferenceId === undefined ? {} : { merchantMetadata: { merchantReferenceId } }),
      },
      { ...options, idempotencyKey: idempotencyKeyFrom("subscription", chargePermissionId, period, attempt) },
    );
    const { state, reasonCode } = charge.statusDetails;
    if (state === "Captured") return { outcome: "captured", charge };
    if (state === "Authorized") return { outcome: "authorized", charge };
    if (state !== "Declined" && state !== "Canceled") return { outcome: "pending", charge };
    const permission = await client.chargePermissions.retrieve(chargePermissionId, options);
    return { outcome: "declined", reasonCode, next: nextStep(payment, undefined, permission) };
  } catch (error) {
    const closed = error instanceof StateError && error.reasonCode === "InvalidChargePermissionStatus";
    if (!(error instanceof DeclinedError) && !closed) throw error;
    const permission = await client.chargePermissions.retrieve(chargePermissionId, options);
    const advice = error instanceof DeclinedError ? error.advice : undefined;
    return { outcome: "declined", reasonCode: error.reasonCode, next: nextStep(payment, advice, permission) };
  }
}

/** The permission decides before the advice: what is closed cannot be tried again, and what is not chargeable needs the buyer. */
function nextStep(
  { attempt, retryAfterDays = RETRY_AFTER_DAYS }: SubscriptionCharge,
  advice: DeclineAdvice | undefined,
  { statusDetails: { state, reasons } }: ChargePermission,
): SubscriptionStep {
  const next = attempt + 1;
  if (state === "Closed" || advice === "stop") return { action: "stop" };
  if (advice === "confirm") return { action: "ask-buyer", why: "confirm", attempt: next };
  const afterDays = retryAfterDays[attempt - 1];
  // A charge that is still under way passes by itself; every other reason needs the buyer.
  const chargeable = state === "Chargeable" || reasons?.some(({ reasonCode }) => reasonCode === "ChargeInProgress");
  if (chargeable !== true || advice === "other-payment-method" || afterDays === undefined)
    return { action: "ask-buyer", why: "other-payment-method", attempt: next };
  return { action: "retry", afterDays, attempt: next };
}
