import type { FieldTable } from "./field.ts";
import { boolean, known, merged, object, price, required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import {
  address,
  addressDetails,
  buyerScopes,
  deliverySpecifications,
  merchantMetadata,
  multiAddressesCheckoutMetadata,
  paymentDetails,
  providerMetadata,
  recurringMetadata,
  transactionPrice,
  webCheckoutDetails,
} from "./shared.ts";

const updatable = lazily((): FieldTable => ({
  chargePermissionType: known("OneTime", "Recurring", "PaymentMethodOnFile"),
  recurringMetadata: recurringMetadata(),
  paymentMethodOnFileMetadata: object({ setupOnly: boolean }),
  paymentDetails: paymentDetails(),
  merchantMetadata: merchantMetadata(),
  supplementaryData: text(),
  platformId: text(),
  providerMetadata: providerMetadata(),
  multiAddressesCheckoutMetadata: multiAddressesCheckoutMetadata(),
}));

/** Create Checkout Session, and the button's payload, which has the same members (API v2 reference). */
export const createCheckoutSessionFields = lazily((): FieldTable =>
  merged(
    {
      webCheckoutDetails: required(webCheckoutDetails()),
      storeId: required(text()),
      scopes: buyerScopes(),
      chargePermissionId: text(),
      deliverySpecifications: deliverySpecifications(),
      addressDetails: addressDetails(),
    },
    updatable(),
  ),
);

/** Reference 3.3. */
export const updateCheckoutSessionFields = lazily((): FieldTable =>
  merged({ webCheckoutDetails: webCheckoutDetails() }, updatable()),
);

/** Reference 3.4: the charge amount is left out only when a payment method is merely set up. */
export const completeCheckoutSessionFields = lazily((): FieldTable => ({
  chargeAmount: price,
  totalOrderAmount: price,
}));

/** Reference 3.5. */
export const finalizeCheckoutSessionFields = lazily((): FieldTable => ({
  shippingAddress: address(),
  billingAddress: address(),
  chargeAmount: required(transactionPrice()),
  totalOrderAmount: price,
  paymentIntent: required(known("Confirm", "Authorize", "AuthorizeWithCapture")),
  canHandlePendingAuthorization: boolean,
  supplementaryData: text(),
}));
