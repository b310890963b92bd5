import { showPrice } from "../../engine/amounts.ts";
import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant } from "../../engine/objects/index.ts";
import { constraintsOf } from "../../engine/sessions/index.ts";
import {
  addressOf,
  type BuyerView,
  showBillingAddress,
  showBuyer,
  showEnvironment,
  showMerchantMetadata,
  showMoment,
  showOnFileMetadata,
  showPaymentPreferences,
  showProviderMetadata,
  showRecurringMetadata,
  showShippingAddress,
  showStatus,
} from "./render.ts";

/** Where and how a session is shown. */
export interface SessionView {
  readonly engine: Engine;
  readonly merchant: Merchant;
  /** Where the hosted pages are: `http://127.0.0.1:8580`. */
  readonly pages: string;
  /** The answer to Finalize has a `cartDetails` member, the others do not (docs/amazon-pay/operations.md). Default false. */
  readonly withCart?: boolean;
}

/** A checkout session with the members of a live answer, in their order (docs/amazon-pay/operations.md, 4.1.4). */
export function showSession(session: CheckoutSession, view: SessionView): Readonly<Record<string, unknown>> {
  const open = session.status.state === "Open";
  const { details } = session;
  const { other } = details;
  const kept = (name: string): unknown => (open ? (other[name] ?? null) : null);
  return {
    checkoutSessionId: session.checkoutSessionId,
    webCheckoutDetails: open ? showWebCheckoutDetails(session, view) : null,
    productType: open ? details.productType : null,
    paymentDetails: open ? showPaymentDetails(session) : null,
    ...(view.withCart === true ? { cartDetails: null } : {}),
    chargePermissionType: details.chargePermissionType,
    orderType: null,
    recurringMetadata: showRecurringMetadata(kept("recurringMetadata")),
    paymentMethodOnFileMetadata: showOnFileMetadata(kept("paymentMethodOnFileMetadata")),
    merchantDetails: null,
    merchantMetadata: open ? showMerchantMetadata(other["merchantMetadata"]) : null,
    supplementaryData: kept("supplementaryData"),
    ...showPeople(session, view),
    platformId: kept("platformId"),
    chargePermissionId: session.chargePermissionId,
    chargeId: session.chargeId,
    constraints: open ? constraintsOf(session) : [],
    creationTimestamp: showMoment(session.createdAt),
    expirationTimestamp: open ? showMoment(session.expiresAt) : null,
    storeId: open ? details.storeId : null,
    providerMetadata: open ? showProviderMetadata(other["providerMetadata"]) : null,
    releaseEnvironment: showEnvironment(session.environment),
    checkoutButtonText: null,
    deliverySpecifications: kept("deliverySpecifications"),
    tokens: null,
  };
}

function showWebCheckoutDetails(session: CheckoutSession, view: SessionView): unknown {
  const urls = session.details.webCheckoutDetails;
  const ready = constraintsOf(session).length === 0;
  return {
    checkoutReviewReturnUrl: urls["checkoutReviewReturnUrl"] ?? null,
    checkoutResultReturnUrl: urls["checkoutResultReturnUrl"] ?? null,
    checkoutCancelUrl: urls["checkoutCancelUrl"] ?? null,
    amazonPayRedirectUrl: ready
      ? `${view.pages}/checkout/processing?amazonCheckoutSessionId=${session.checkoutSessionId}`
      : null,
    checkoutMode: urls["checkoutMode"] ?? null,
    // Only the mobile SDK gives one; other answers do not have the member.
    ...(urls["checkoutErrorUrl"] === undefined ? {} : { checkoutErrorUrl: urls["checkoutErrorUrl"] }),
  };
}

function showPaymentDetails({ details: { paymentDetails } }: CheckoutSession): unknown {
  return {
    paymentIntent: paymentDetails.paymentIntent,
    canHandlePendingAuthorization: paymentDetails.canHandlePendingAuthorization,
    chargeAmount: showPrice(paymentDetails.chargeAmount),
    totalOrderAmount: showPrice(paymentDetails.totalOrderAmount),
    presentmentCurrency: paymentDetails.chargeAmount?.currencyCode ?? paymentDetails.presentmentCurrency,
    softDescriptor: paymentDetails.softDescriptor,
    allowOvercharge: paymentDetails.allowOvercharge,
    extendExpiration: paymentDetails.extendExpiration,
    estimateOrderTotal: showPrice(paymentDetails.estimateOrderTotal),
  };
}

/** The members about the buyer, with the status between them; several addresses only for the product that has them. */
function showPeople(session: CheckoutSession, { engine, merchant }: SessionView): Readonly<Record<string, unknown>> {
  const { details, status } = session;
  const buyer = status.state === "Open" ? session.buyer : null;
  const people: BuyerView = {
    region: merchant.region,
    scopes: (details.other["scopes"] as readonly string[] | undefined) ?? null,
    productType: details.productType,
  };
  const several = details.productType === "PayAndShipMultiAddress" && status.state === "Open";
  return {
    buyer: buyer === null ? null : showBuyer(buyer.buyerId, people),
    billingAddress: buyer === null ? null : showBillingAddress(engine, buyer.buyerId, people),
    paymentPreferences: showPaymentPreferences(buyer?.instrumentId ?? null, merchant.region),
    statusDetails: showStatus(status),
    shippingAddress: buyer === null ? null : showShippingAddress(engine, buyer.addressId, people),
    ...(several
      ? {
          shippingAddressList: (buyer?.addressIds ?? []).map((addressId) =>
            JSON.stringify({ addressId, ...addressOf(engine, addressId) }),
          ),
          multiAddressesCheckoutMetadata: details.other["multiAddressesCheckoutMetadata"] ?? null,
        }
      : {}),
  };
}
