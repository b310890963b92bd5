import type { Answer } from "../client/exchange.ts";
import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import {
  completeCheckoutSession,
  createCheckoutSession,
  finalizeCheckoutSession,
  getCheckoutSession,
  updateCheckoutSession,
} from "../operations/groups/checkout-sessions.ts";
import type { Charge } from "../types/charge.ts";
import type { PriceInput } from "../types/price.ts";
import { getCharge } from "../operations/groups/charges.ts";
import { type CheckoutOutcome, finishCheckout } from "./checkout-outcome.ts";
import type {
  CheckoutSession,
  CheckoutSessionComplete,
  CheckoutSessionCreate,
  CheckoutSessionFinalize,
  CheckoutSessionUpdate,
} from "../types/checkout-session.ts";
import type { CheckoutSessionId } from "../types/ids.ts";
import { isText } from "../kind.ts";

/** Checkout sessions: one attempt of a buyer to pay. */
export class CheckoutSessions extends Resource {
  /**
   * Creates a session. In the usual flow the button does so; then this is not needed.
   *
   * @example
   * const session = await client.checkoutSessions.create({
   *   webCheckoutDetails: { checkoutReviewReturnUrl: "https://shop.example/review" },
   *   storeId: "amzn1.application-oa2-client.5f0c1d",
   * });
   */
  create(body: CheckoutSessionCreate, options?: RequestOptions): ApiPromise<CheckoutSession> {
    return this.call(createCheckoutSession, options, { body }, read);
  }

  /**
   * Reads a session. Buyer and addresses are filled only while it is `Open`; a session is gone 30 days after it was made.
   *
   * @example const { buyer, shippingAddress, paymentPreferences } = await client.checkoutSessions.retrieve(id);
   * @throws NotFoundError
   */
  retrieve(checkoutSessionId: CheckoutSessionId, options?: RequestOptions): ApiPromise<CheckoutSession> {
    return this.call(getCheckoutSession, options, { ids: [checkoutSessionId] }, read);
  }

  /**
   * Changes an open session; what is left out keeps its value. `constraints` in the answer says what is still missing. When
   * nothing is, `webCheckoutDetails.amazonPayRedirectUrl` is filled: send the buyer there. May be called again until then.
   *
   * @example
   * const session = await client.checkoutSessions.update(id, {
   *   webCheckoutDetails: { checkoutResultReturnUrl: "https://shop.example/result" },
   *   paymentDetails: { paymentIntent: "Authorize", chargeAmount: { amount: "14.00", currencyCode: "USD" } },
   *   merchantMetadata: { merchantReferenceId: order.id },
   * });
   * @throws StateError where the session is not `Open`; AmountError where currencies differ
   */
  update(
    checkoutSessionId: CheckoutSessionId,
    body: CheckoutSessionUpdate,
    options?: RequestOptions,
  ): ApiPromise<CheckoutSession> {
    return this.call(updateCheckoutSession, options, { ids: [checkoutSessionId], body }, read);
  }

  /**
   * Completes a session once the buyer has come back to `checkoutResultReturnUrl`. The amounts must repeat the session's.
   * Status 202 (see `withResponse`) says that the authorization is pending: the charge is decided within 24 hours.
   *
   * @example
   * const session = await client.checkoutSessions.complete(id, { chargeAmount: { amount: "14.00", currencyCode: "USD" } });
   * await save(order, session.chargePermissionId, session.chargeId);
   * @throws StateError where the buyer has not confirmed or has cancelled, or the session is complete already: read it to learn
   * which; AmountError where the amounts differ; DeclinedError
   */
  complete(
    checkoutSessionId: CheckoutSessionId,
    body: CheckoutSessionComplete = {},
    options?: RequestOptions,
  ): ApiPromise<CheckoutSession> {
    return this.call(completeCheckoutSession, options, { ids: [checkoutSessionId], body }, read);
  }

  /**
   * Completes a session and says how the checkout ended, from the charge itself. Gives the same answer however often the
   * result page is loaded, and after an answer of `complete` was lost.
   *
   * @param amount what the session was given as `paymentDetails.chargeAmount`; left out for `setupOnly`
   * @param options as for every call; `totalOrderAmount` where the session has one. Time limits hold for each of the calls made.
   * @example
   * const result = await client.checkoutSessions.finish(id, { amount: "14.00", currencyCode: "USD" });
   * if (result.outcome === "captured" || result.outcome === "authorized") await confirm(order, result.charge.chargeId);
   * else if (result.outcome === "pending") await waitForNotification(order, result.charge.chargeId);
   * else await offerAnotherWay(order, result.outcome);
   * @throws AmountError where the amount is not the session's; errors of the connection where nothing can be read
   */
  finish(
    checkoutSessionId: string,
    amount?: PriceInput,
    options: RequestOptions & { readonly totalOrderAmount?: PriceInput | undefined } = {},
  ): Promise<CheckoutOutcome> {
    const { totalOrderAmount, ...rest } = options;
    const body = {
      ...(amount === undefined ? {} : { chargeAmount: amount }),
      ...(totalOrderAmount === undefined ? {} : { totalOrderAmount }),
    };
    const { idempotencyKey: _, ...reading } = rest;
    return finishCheckout({
      complete: () => this.complete(checkoutSessionId, body, rest),
      session: () => this.retrieve(checkoutSessionId, reading),
      charge: (chargeId) => this.call<Charge>(getCharge, reading, { ids: [chargeId] }),
    });
  }

  /**
   * Sets the last values and completes in one call: for the flows without a review page.
   *
   * @example
   * await client.checkoutSessions.finalize(id, {
   *   shippingAddress: chosen,
   *   chargeAmount: { amount: "14.00", currencyCode: "USD" },
   *   paymentIntent: "AuthorizeWithCapture",
   * });
   * @throws StateError where nobody has signed in or the session is over; AmountError where currencies differ; DeclinedError
   */
  finalize(
    checkoutSessionId: CheckoutSessionId,
    body: CheckoutSessionFinalize,
    options?: RequestOptions,
  ): ApiPromise<CheckoutSession> {
    return this.call(finalizeCheckoutSession, options, { ids: [checkoutSessionId], body }, read);
  }
}

/** The service sends each entry of `shippingAddressList` as JSON text. */
function read({ data }: Answer): CheckoutSession {
  const session = data as CheckoutSession;
  const list: unknown = session.shippingAddressList;
  if (!Array.isArray(list)) return session;
  return {
    ...session,
    shippingAddressList: list.map(readEntry) as NonNullable<CheckoutSession["shippingAddressList"]>,
  };
}

function readEntry(entry: unknown): unknown {
  if (!isText(entry)) return entry;
  try {
    return JSON.parse(entry);
  } catch {
    return entry;
  }
}
