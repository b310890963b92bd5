import type { CheckoutSession } from "../../engine/objects/index.ts";
import { approve, cancel, signIn } from "../buyer/buyer.ts";
import { addressesOf } from "../buyer/choices.ts";
import { issueBuyerToken } from "../../test-data/buyer-tokens.ts";
import { withParameter, withSession } from "../buyer/return-address.ts";
import { goesStraightToResult } from "./steps.ts";
import type { StepContext } from "./take-step.ts";
import { endVisit } from "./visit.ts";

/**
 * Ends a visit whose choices are all made: the session takes them, and the buyer goes on to the merchant.
 *
 * @returns the address to go to; null when the merchant named none
 * @throws BuyerError
 */
export function finishVisit(context: StepContext): string | null {
  const { engine, visit, session } = context;
  return endVisit(engine, visit, session === null ? signedIn(context) : chosen(context, session));
}

/** The session takes the choices: the shop can read them from now on. */
export function takeChoices({ engine, visit }: StepContext, session: CheckoutSession): string | null {
  const { redirectUrl } = signIn(engine, session, {
    buyerId: visit.buyerId ?? session.buyer?.buyerId,
    instrument: visit.instrumentId ?? session.buyer?.instrumentId,
    shippingAddress: visit.addressIds.length > 0 ? visit.addressIds : keptAddresses(session),
  });
  return redirectUrl;
}

function chosen(context: StepContext, session: CheckoutSession): string | null {
  const { engine, visit } = context;
  // An upgrade keeps the card and the address of the permission that is upgraded: they are in the session already.
  if (visit.purpose === "upgrade") return approve(engine, session).redirectUrl;
  const redirectUrl = takeChoices(context, session);
  // The shop's page is told by the window, and its server finalizes the session.
  if (visit.embedded) return null;
  if (visit.purpose === "checkout" && goesStraightToResult(session)) return approve(engine, session).redirectUrl;
  return redirectUrl;
}

/** What was chosen before, or nothing yet, so that the default is taken. */
function keptAddresses(session: CheckoutSession): readonly string[] | undefined {
  const kept = addressesOf(session);
  return kept.length === 0 ? undefined : kept;
}

function signedIn({ engine, merchant, visit }: StepContext): string | null {
  if (visit.signIn === null || visit.buyerId === null) return null;
  const { merchantId } = merchant;
  const { environment, buyerId, signIn: wanted } = visit;
  const token = issueBuyerToken(engine, { merchantId, environment, buyerId, scopes: wanted.scopes });
  return withParameter(wanted.returnUrl, "buyerToken", token);
}

/**
 * Ends a visit that the buyer gives up. A checkout's session is cancelled; a change leaves its session as it is.
 *
 * @returns the address to go to: the cancel address, or the page with the button; null when neither is known
 * @throws BuyerError
 */
export function cancelVisit(context: StepContext): string | null {
  return endVisit(context.engine, context.visit, givenUp(context));
}

function givenUp({ engine, visit, session }: StepContext): string | null {
  if (session === null) return visit.signIn?.cancelUrl ?? visit.pageUrl;
  const { checkoutReviewReturnUrl, checkoutCancelUrl } = session.details.webCheckoutDetails;
  if (visit.purpose === "change-address" || visit.purpose === "change-payment")
    return withSession(checkoutReviewReturnUrl, session.checkoutSessionId);
  if (session.status.state === "Open") cancel(engine, session);
  return visit.embedded ? null : (checkoutCancelUrl ?? visit.pageUrl);
}
