import { cancelChargeFields, captureChargeFields, createChargeFields, updateChargeFields } from "../fields/charges.ts";
import { descriptorNeedsCaptureNow, pendingOrCapturedNow } from "../fields/rules.ts";
import { throttle, type Operation } from "../operation.ts";

export const createCharge = {
  name: "createCharge",
  method: "POST",
  path: "/charges",
  success: [201],
  idempotency: "required",
  body: createChargeFields,
  rules: [pendingOrCapturedNow, descriptorNeedsCaptureNow],
  throttle: throttle(10, 4, 2, 1),
} as const satisfies Operation;

export const getCharge = {
  name: "getCharge",
  method: "GET",
  path: "/charges/{chargeId}",
  success: [200],
  idempotency: "none",
  throttle: throttle(20, 4, 5, 1),
} as const satisfies Operation;

/** Payment service providers only. */
export const updateCharge = {
  name: "updateCharge",
  method: "PATCH",
  path: "/charges/{chargeId}",
  success: [200],
  idempotency: "none",
  body: updateChargeFields,
} as const satisfies Operation;

export const captureCharge = {
  name: "captureCharge",
  method: "POST",
  path: "/charges/{chargeId}/capture",
  success: [200],
  idempotency: "required",
  body: captureChargeFields,
  throttle: throttle(20, 4, 2, 1),
} as const satisfies Operation;

/** A DELETE with a body. */
export const cancelCharge = {
  name: "cancelCharge",
  method: "DELETE",
  path: "/charges/{chargeId}/cancel",
  success: [200],
  idempotency: "none",
  body: cancelChargeFields,
  throttle: throttle(10, 2, 2, 1),
} as const satisfies Operation;
