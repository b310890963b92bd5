import {
  type CheckoutPayload,
  type CheckoutSessionUpdate,
  type Price,
  type RecurringMetadataInput,
  type SignedButton,
  StateError,
} from "@amazon-pay-kit/sdk";
import { PaymentError } from "./errors.ts";
import { type Mark, markText } from "./mark.ts";
import type { Shop } from "./shop.ts";

/** Which kind of permission the buyer gives. */
export type PermissionKind = "OneTime" | "Recurring" | "PaymentMethodOnFile";

/** An order that is to be paid. */
export interface CheckoutOrder extends Mark {
  readonly amount: { readonly amount: string; readonly currencyCode: string };
  /** Default `OneTime`. */
  readonly kind?: PermissionKind | undefined;
  /** Needed for `Recurring`. */
  readonly recurring?: RecurringMetadataInput | undefined;
}

/** What a storefront's page needs for the button: the properties of `<amazon-pay-button>` of `@amazon-pay-kit/browser`. */
export interface CheckoutButton {
  readonly signed: SignedButton;
  readonly region: "na" | "eu" | "jp";
  readonly environment: "live" | "sandbox";
  readonly merchantId: string;
  readonly ledgerCurrency: string;
  readonly placement: string;
  readonly productType?: string;
  readonly scriptUrl?: string;
}

/** A checkout after the buyer came back to the review page. */
export interface PreparedCheckout {
  /** Where to send the buyer; null while something is missing. */
  readonly redirectUrl: string | null;
  /** What is missing, in Amazon's words: `BuyerNotAssociated`, `ChargeAmountNotSet`, … */
  readonly constraints: readonly string[];
}

/** The button with which a buyer begins to pay an order. */
export async function checkoutButton(shop: Shop, order: CheckoutOrder): Promise<CheckoutButton> {
  const { pay, storeId, merchantId, ledgerCurrency, options } = shop;
  const { scriptUrl } = pay.button;
  const payload = {
    storeId,
    webCheckoutDetails: {
      checkoutReviewReturnUrl: options.reviewUrl,
      ...(options.cancelUrl !== undefined && { checkoutCancelUrl: options.cancelUrl }),
    },
    ...kindOf(order),
  } as CheckoutPayload;
  return {
    signed: await pay.button.create(payload),
    region: pay.region,
    environment: pay.environment,
    merchantId,
    ledgerCurrency,
    placement: String(options.placement ?? "Checkout"),
    ...(options.productType !== undefined && { productType: String(options.productType) }),
    ...(scriptUrl !== undefined && { scriptUrl }),
  };
}

/**
 * Gives a session the order that it is for, and its amount, and says where the buyer confirms. May be called again until the buyer has
 * confirmed.
 *
 * @throws PaymentError `payment.closed` where the buyer has confirmed, or the session is over
 */
export async function prepareCheckout(
  shop: Shop,
  checkoutSessionId: string,
  order: CheckoutOrder,
): Promise<PreparedCheckout> {
  const { captureAtCheckout = false, allowPending = false, resultUrl, cancelUrl } = shop.options;
  const update = {
    ...kindOf(order),
    webCheckoutDetails: {
      checkoutResultReturnUrl: resultUrl,
      ...(cancelUrl !== undefined && { checkoutCancelUrl: cancelUrl }),
    },
    paymentDetails: {
      paymentIntent: captureAtCheckout ? "AuthorizeWithCapture" : "Authorize",
      ...(!captureAtCheckout && { canHandlePendingAuthorization: allowPending }),
      chargeAmount: order.amount as Price,
    },
    merchantMetadata: { merchantReferenceId: order.reference, customInformation: markText(order) },
  } as CheckoutSessionUpdate;
  try {
    const session = await shop.pay.checkoutSessions.update(checkoutSessionId, update);
    return {
      redirectUrl: session.webCheckoutDetails?.amazonPayRedirectUrl ?? null,
      constraints: (session.constraints ?? []).map(({ constraintId }) => constraintId),
    };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    throw new PaymentError(
      "payment.closed",
      `checkout session ${checkoutSessionId} can no longer be given an order: the buyer has confirmed another one, or it is over`,
      "let the buyer begin anew with the button",
    );
  }
}

function kindOf({ kind = "OneTime", recurring }: CheckoutOrder): object {
  if (kind === "Recurring") return { chargePermissionType: kind, recurringMetadata: recurring };
  if (kind === "PaymentMethodOnFile")
    return { chargePermissionType: kind, paymentMethodOnFileMetadata: { setupOnly: false } };
  return { chargePermissionType: kind };
}
