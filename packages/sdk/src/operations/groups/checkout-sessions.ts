import {
  buttonPayloadFields,
  completeCheckoutSessionFields,
  createCheckoutSessionFields,
  finalizeCheckoutSessionFields,
  updateCheckoutSessionFields,
} from "../fields/checkout-sessions.ts";
import {
  descriptorNeedsCaptureAtCheckout,
  onFileNeedsMetadata,
  pendingOrCapturedAtCheckout,
  pendingOrCapturedAtFinalize,
  presentmentCurrencyIsFixed,
  processOrderNeedsPaymentDetails,
  recurringNeedsMetadata,
  reviewReturnUrl,
  reviewReturnUrlWhereDetails,
  type Rule,
} from "../fields/rules.ts";
import { operation, type Operation } from "../operation.ts";

/**
 * What holds for a new session and for a button's payload alike, behind what holds for one of them. A function, so that a bundle
 * can do without: a spread list would stay in every one.
 */
/* @__NO_SIDE_EFFECTS__ */
function sessionRules(first: Rule): readonly Rule[] {
  return [
    first,
    processOrderNeedsPaymentDetails,
    recurringNeedsMetadata,
    onFileNeedsMetadata,
    pendingOrCapturedAtCheckout,
    descriptorNeedsCaptureAtCheckout,
  ];
}

/** The payload of a checkout button: what the button's script creates a session with. */
export const buttonPayload = {
  body: buttonPayloadFields,
  rules: sessionRules(reviewReturnUrlWhereDetails),
} as const satisfies Pick<Operation, "body" | "rules">;

export const createCheckoutSession = operation("createCheckoutSession", "POST", "/checkoutSessions", [201], {
  idempotency: "required",
  body: createCheckoutSessionFields,
  rules: sessionRules(reviewReturnUrl),
});

export const getCheckoutSession = operation(
  "getCheckoutSession",
  "GET",
  "/checkoutSessions/{checkoutSessionId}",
  [200],
);

export const updateCheckoutSession = operation(
  "updateCheckoutSession",
  "PATCH",
  "/checkoutSessions/{checkoutSessionId}",
  [200],
  {
    body: updateCheckoutSessionFields,
    rules: [pendingOrCapturedAtCheckout, descriptorNeedsCaptureAtCheckout, presentmentCurrencyIsFixed],
  },
);

/** 202 while the authorization is pending. */
export const completeCheckoutSession = operation(
  "completeCheckoutSession",
  "POST",
  "/checkoutSessions/{checkoutSessionId}/complete",
  [200, 202],
  {
    body: completeCheckoutSessionFields,
  },
);

export const finalizeCheckoutSession = operation(
  "finalizeCheckoutSession",
  "POST",
  "/checkoutSessions/{checkoutSessionId}/finalize",
  [200, 202],
  {
    body: finalizeCheckoutSessionFields,
    rules: [pendingOrCapturedAtFinalize],
  },
);
