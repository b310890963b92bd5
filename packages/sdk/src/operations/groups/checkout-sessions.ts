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
import { throttle, type Operation } from "../operation.ts";

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

export const createCheckoutSession = {
  name: "createCheckoutSession",
  method: "POST",
  path: "/checkoutSessions",
  success: [201],
  idempotency: "required",
  body: createCheckoutSessionFields,
  rules: sessionRules(reviewReturnUrl),
  throttle: throttle(40, 16, 5, 1),
} as const satisfies Operation;

export const getCheckoutSession = {
  name: "getCheckoutSession",
  method: "GET",
  path: "/checkoutSessions/{checkoutSessionId}",
  success: [200],
  idempotency: "none",
  throttle: throttle(40, 8, 10, 1),
} as const satisfies Operation;

export const updateCheckoutSession = {
  name: "updateCheckoutSession",
  method: "PATCH",
  path: "/checkoutSessions/{checkoutSessionId}",
  success: [200],
  idempotency: "none",
  body: updateCheckoutSessionFields,
  rules: [pendingOrCapturedAtCheckout, descriptorNeedsCaptureAtCheckout, presentmentCurrencyIsFixed],
  throttle: throttle(20, 8, 5, 1),
} as const satisfies Operation;

/** 202 while the authorization is pending. */
export const completeCheckoutSession = {
  name: "completeCheckoutSession",
  method: "POST",
  path: "/checkoutSessions/{checkoutSessionId}/complete",
  success: [200, 202],
  idempotency: "optional",
  body: completeCheckoutSessionFields,
  throttle: throttle(20, 4, 2, 1),
} as const satisfies Operation;

export const finalizeCheckoutSession = {
  name: "finalizeCheckoutSession",
  method: "POST",
  path: "/checkoutSessions/{checkoutSessionId}/finalize",
  success: [200, 202],
  idempotency: "optional",
  body: finalizeCheckoutSessionFields,
  rules: [pendingOrCapturedAtFinalize],
} as const satisfies Operation;
