import type { FieldTable } from "./field.ts";
import { boolean, id, known, merged, object, price, required, text } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import {
  address,
  addressDetails,
  buyerScopes,
  deliverySpecifications,
  merchantMetadata,
  multiAddressesCheckoutMetadata,
  newPaymentDetails,
  paymentDetails,
  providerMetadata,
  recurringMetadata,
  transactionPrice,
  webCheckoutDetails,
} from "./shared.ts";

const updatable = lazy((): FieldTable => ({
  chargePermissionType: known("OneTime", "Recurring", "PaymentMethodOnFile"),
  recurringMetadata: recurringMetadata(),
  paymentMethodOnFileMetadata: object({ setupOnly: boolean }),
  merchantMetadata: merchantMetadata(),
  supplementaryData: text(),
  platformId: text(),
  providerMetadata: providerMetadata(),
  multiAddressesCheckoutMetadata: multiAddressesCheckoutMetadata(),
}));

/**
 * The payload of a checkout button. It has the members of Create Checkout Session, but a Buy Now payload needs no
 * `webCheckoutDetails`: the page handles the checkout itself.
 * https://developer.amazon.com/docs/amazon-pay-buy-now-checkout/add-the-amazon-pay-button.html
 */
export const buttonPayloadFields = lazy((): FieldTable =>
  merged(
    {
      webCheckoutDetails: webCheckoutDetails(),
      storeId: required(id),
      scopes: buyerScopes(),
      channelType: known("MOBILE_SDK"),
      chargePermissionId: id,
      deliverySpecifications: deliverySpecifications(),
      addressDetails: addressDetails(),
      paymentDetails: newPaymentDetails(),
    },
    updatable(),
  ),
);

/** Create Checkout Session. */
export const createCheckoutSessionFields = lazy((): FieldTable =>
  merged(buttonPayloadFields(), { webCheckoutDetails: required(webCheckoutDetails()) }),
);

export const updateCheckoutSessionFields = lazy((): FieldTable =>
  merged({ webCheckoutDetails: webCheckoutDetails(), paymentDetails: paymentDetails() }, updatable()),
);

/** The charge amount is left out only when a payment method is merely set up. */
export const completeCheckoutSessionFields = lazy((): FieldTable => ({
  chargeAmount: price,
  totalOrderAmount: price,
}));

export const finalizeCheckoutSessionFields = lazy((): FieldTable => ({
  shippingAddress: address(),
  billingAddress: address(),
  chargeAmount: required(transactionPrice()),
  totalOrderAmount: price,
  paymentIntent: required(known("Confirm", "Authorize", "AuthorizeWithCapture")),
  canHandlePendingAuthorization: boolean,
  supplementaryData: text(),
}));
