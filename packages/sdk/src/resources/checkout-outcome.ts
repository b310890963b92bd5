import { adviceFor, type DeclineAdvice, DeclinedError } from "../errors/declined-error.ts";
import { AbortedError, CallError } from "../errors/call-error.ts";
import { ApiError } from "../errors/api-error.ts";
import { StateError } from "../errors/state-error.ts";
import type { Charge } from "../types/charge.ts";
import type { CheckoutSession } from "../types/checkout-session.ts";

/**
 * How a checkout ended.
 *
 * - `captured`: the money is yours. `authorized`: it is reserved; capture it when you ship, within 30 days.
 * - `pending`: decided within 24 hours; a notification says when. Do not ship yet.
 * - `confirmed`: the buyer agreed and nothing was charged, as the intent `Confirm` asks. Charge the permission yourself.
 * - `declined`: not paid; `advice` says what to offer the buyer. `canceled`: the buyer, Amazon or time ended it.
 * - `open`: the buyer has not confirmed at Amazon Pay yet; `redirectUrl` leads there.
 */
export type CheckoutOutcome =
  | PaidOutcome
  | (OutcomeBase & { readonly outcome: "confirmed"; readonly charge: null })
  | (OutcomeBase & {
      readonly outcome: "declined";
      readonly charge: Charge | null;
      readonly reasonCode: string | null;
      readonly advice: DeclineAdvice;
    })
  | (OutcomeBase & { readonly outcome: "canceled"; readonly charge: Charge | null; readonly reasonCode: string | null })
  | (OutcomeBase & { readonly outcome: "open"; readonly charge: null; readonly redirectUrl: string | null });

interface OutcomeBase {
  /** The session as it was read last. */
  readonly session: CheckoutSession;
}

/** A checkout with a charge that was not declined. */
export interface PaidOutcome extends OutcomeBase {
  readonly outcome: "captured" | "authorized" | "pending";
  /** Keep its `chargeId` and `chargePermissionId` with the order. */
  readonly charge: Charge;
}

/** The calls that decide an outcome. */
export interface OutcomeCalls {
  readonly complete: () => Promise<CheckoutSession>;
  readonly session: () => Promise<CheckoutSession>;
  readonly charge: (chargeId: string) => Promise<Charge>;
}

/**
 * Completes a session, or reads how it was completed before, and says how it ended: by the charge, since a completed session
 * may hold a charge that is pending or was declined later (API v2: Complete Checkout Session).
 */
export async function finishCheckout(calls: OutcomeCalls): Promise<CheckoutOutcome> {
  let session: CheckoutSession;
  let refusal: CallError | undefined;
  try {
    session = await calls.complete();
  } catch (error) {
    if (!(error instanceof CallError) || error instanceof AbortedError) throw error;
    refusal = error;
    try {
      session = await calls.session();
    } catch {
      // The first failure is the one to act on; it also carries the idempotency key.
      throw error;
    }
  }
  const { state, reasonCode } = session.statusDetails;
  if (state === "Completed") {
    if (session.chargeId === null) return { outcome: "confirmed", session, charge: null };
    return outcomeOf(await calls.charge(session.chargeId), session);
  }
  if (refusal instanceof DeclinedError) {
    return { outcome: "declined", session, charge: null, reasonCode: refusal.reasonCode, advice: refusal.advice };
  }
  if (state === "Canceled") {
    return reasonCode === "Declined"
      ? { outcome: "declined", session, charge: null, reasonCode, advice: "other-payment-method" }
      : { outcome: "canceled", session, charge: null, reasonCode };
  }
  // A wrong amount, key or parameter is the program's mistake; only the state says that the buyer is still under way.
  if (refusal === undefined || (refusal instanceof ApiError && refusal instanceof StateError)) {
    const redirectUrl = session.webCheckoutDetails?.amazonPayRedirectUrl ?? null;
    return { outcome: "open", session, charge: null, redirectUrl };
  }
  throw refusal;
}

function outcomeOf(charge: Charge, session: CheckoutSession): CheckoutOutcome {
  const { state, reasonCode } = charge.statusDetails;
  switch (state) {
    case "Captured":
      return { outcome: "captured", session, charge };
    case "Authorized":
      return { outcome: "authorized", session, charge };
    case "Declined":
      return { outcome: "declined", session, charge, reasonCode, advice: adviceFor(reasonCode) };
    case "Canceled":
      return { outcome: "canceled", session, charge, reasonCode };
    // AuthorizationInitiated, CaptureInitiated, and states that are newer than this version: not decided as far as is known.
    default:
      return { outcome: "pending", session, charge };
  }
}
