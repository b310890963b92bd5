import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant } from "../../engine/objects/index.ts";
import { cancelSession } from "../../engine/sessions/session-changes.ts";
import { constraintsOf } from "../../engine/sessions/constraints.ts";
import { findInstrument, type InstrumentOutcome } from "../../test-data/index.ts";
import { BuyerError } from "./buyer-error.ts";
import { chosenBuyer, type BuyerChoices } from "./choices.ts";
import { withSession } from "./return-address.ts";

/**
 * What a buyer does to a checkout session. The hosted pages and the control plane call the same functions, so that a
 * script without a browser sees what a browser would.
 */

/** Where the buyer's browser goes next; null when the merchant named no address for it. */
export interface Onward {
  readonly redirectUrl: string | null;
}

/**
 * Signs the buyer in and takes the choices: clears `BuyerNotAssociated`. On a session that has a buyer it changes the
 * choices, as the review page's change actions do.
 *
 * @returns the review page's address, or the result page's for a session without one
 * @throws BuyerError
 */
export function signIn(engine: Engine, session: CheckoutSession, choices: BuyerChoices = {}): Onward {
  requireOpen(session);
  session.buyer = chosenBuyer(engine, merchantOf(engine, session), session, choices);
  session.details.productType ??= "PayAndShip";
  keep(engine, session);
  const { checkoutReviewReturnUrl, checkoutResultReturnUrl } = session.details.webCheckoutDetails;
  return { redirectUrl: withSession(checkoutReviewReturnUrl ?? checkoutResultReturnUrl, session.checkoutSessionId) };
}

/**
 * The confirm step behind `amazonPayRedirectUrl`: the card decides whether the session waits to be completed or ends.
 *
 * @returns the result page's address, whatever the outcome (docs/amazon-pay/checkout.md)
 * @throws BuyerError when nobody has signed in or constraints are left
 */
export function approve(engine: Engine, session: CheckoutSession): Onward {
  requireOpen(session);
  if (session.buyerConfirmed) return toResult(session);
  const outcome = outcomeOf(engine, session);
  const left = constraintsOf(session).map((constraint) => constraint.constraintId);
  if (left.length > 0) {
    throw new BuyerError(
      "buyer.constraints-left",
      `the session cannot be confirmed before its constraints are cleared: ${left.join(", ")}`,
    );
  }
  if (outcome === "buyer-canceled") return cancel(engine, session);
  if (outcome === "declined") return decline(engine, session);
  const { paymentIntent, canHandlePendingAuthorization } = session.details.paymentDetails;
  if (outcome !== "success" && !(paymentIntent === "Authorize" && canHandlePendingAuthorization)) {
    return decline(engine, session, "The card needs paymentIntent Authorize and canHandlePendingAuthorization true.");
  }
  session.buyerConfirmed = true;
  keep(engine, session);
  return toResult(session);
}

/** The payment is declined: the session ends `Canceled` / `Declined`. @throws BuyerError */
export function decline(engine: Engine, session: CheckoutSession, description = "The payment was declined."): Onward {
  requireOpen(session);
  cancelSession(engine, session, "Declined", description);
  return toResult(session);
}

/**
 * The buyer turns back: the session ends `Canceled` / `BuyerCanceled`.
 *
 * @returns from the processing page the result page's address, before it `checkoutCancelUrl`
 * @throws BuyerError
 */
export function cancel(engine: Engine, session: CheckoutSession): Onward {
  requireOpen(session);
  const processing = constraintsOf(session).length === 0;
  cancelSession(engine, session, "BuyerCanceled", "The buyer canceled the checkout.");
  if (processing) return toResult(session);
  return { redirectUrl: session.details.webCheckoutDetails["checkoutCancelUrl"] ?? null };
}

/** The service itself fails: the session ends `Canceled` / `AmazonCanceled`. @throws BuyerError */
export function fail(engine: Engine, session: CheckoutSession): Onward {
  requireOpen(session);
  cancelSession(engine, session, "AmazonCanceled", "The service could not carry out the checkout.");
  return toResult(session);
}

/** The merchant of a session. */
export function merchantOf(engine: Engine, session: CheckoutSession): Merchant {
  const merchant = engine.state.merchants.get(session.merchantId);
  if (merchant === undefined) throw new TypeError(`session ${session.checkoutSessionId} has no merchant`);
  return merchant;
}

function toResult(session: CheckoutSession): Onward {
  const { checkoutResultReturnUrl, checkoutReviewReturnUrl } = session.details.webCheckoutDetails;
  return { redirectUrl: withSession(checkoutResultReturnUrl ?? checkoutReviewReturnUrl, session.checkoutSessionId) };
}

function outcomeOf(engine: Engine, session: CheckoutSession): InstrumentOutcome {
  if (session.buyer === null) {
    throw new BuyerError("buyer.not-signed-in", "nobody has signed in to the session; play sign-in first");
  }
  const { region } = merchantOf(engine, session);
  return findInstrument(session.buyer.instrumentId, region)?.outcome ?? "success";
}

function requireOpen(session: CheckoutSession): void {
  if (session.status.state === "Open") return;
  const reason = session.status.reasonCode === null ? "" : `/${session.status.reasonCode}`;
  throw new BuyerError(
    "buyer.session-over",
    `the session is ${session.status.state}${reason}; only an open one goes on`,
  );
}

function keep(engine: Engine, session: CheckoutSession): void {
  engine.state.checkoutSessions.put(session.checkoutSessionId, session);
  engine.bus.emit("session.changed", { session });
}
