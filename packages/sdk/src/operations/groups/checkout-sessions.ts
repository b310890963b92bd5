import {
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
  presentmentCurrencyIsReadOnly,
  processOrderNeedsPaymentDetails,
  recurringNeedsMetadata,
  reviewReturnUrl,
} from "../fields/rules.ts";
import { throttle, type Operation } from "../operation.ts";

/** Reference 3.1. */
export const createCheckoutSession: Operation = {
  name: "createCheckoutSession",
  method: "POST",
  path: "/checkoutSessions",
  success: [201],
  idempotency: "required",
  body: createCheckoutSessionFields,
  rules: [
    reviewReturnUrl,
    processOrderNeedsPaymentDetails,
    recurringNeedsMetadata,
    onFileNeedsMetadata,
    pendingOrCapturedAtCheckout,
    descriptorNeedsCaptureAtCheckout,
    presentmentCurrencyIsReadOnly,
  ],
  throttle: throttle(40, 16, 5, 1),
};

/** Reference 3.2. */
export const getCheckoutSession: Operation = {
  name: "getCheckoutSession",
  method: "GET",
  path: "/checkoutSessions/{checkoutSessionId}",
  success: [200],
  idempotency: "none",
  throttle: throttle(40, 8, 10, 1),
};

/** Reference 3.3. */
export const updateCheckoutSession: Operation = {
  name: "updateCheckoutSession",
  method: "PATCH",
  path: "/checkoutSessions/{checkoutSessionId}",
  success: [200],
  idempotency: "none",
  body: updateCheckoutSessionFields,
  rules: [pendingOrCapturedAtCheckout, descriptorNeedsCaptureAtCheckout, presentmentCurrencyIsReadOnly],
  throttle: throttle(20, 8, 5, 1),
};

/** Reference 3.4. 202 while the authorization is pending. */
export const completeCheckoutSession: Operation = {
  name: "completeCheckoutSession",
  method: "POST",
  path: "/checkoutSessions/{checkoutSessionId}/complete",
  success: [200, 202],
  idempotency: "optional",
  body: completeCheckoutSessionFields,
  throttle: throttle(20, 4, 2, 1),
};

/** Reference 3.5. */
export const finalizeCheckoutSession: Operation = {
  name: "finalizeCheckoutSession",
  method: "POST",
  path: "/checkoutSessions/{checkoutSessionId}/finalize",
  success: [200, 202],
  idempotency: "optional",
  body: finalizeCheckoutSessionFields,
  rules: [pendingOrCapturedAtFinalize],
};
