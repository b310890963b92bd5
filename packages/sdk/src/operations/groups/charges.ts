import { cancelChargeFields, captureChargeFields, createChargeFields, updateChargeFields } from "../fields/charges.ts";
import { descriptorNeedsCaptureNow, pendingOrCapturedNow } from "../fields/rules.ts";
import { operation } from "../operation.ts";

export const createCharge = operation("createCharge", "POST", "/charges", [201], {
  idempotency: "required",
  body: createChargeFields,
  rules: [pendingOrCapturedNow, descriptorNeedsCaptureNow],
});

export const getCharge = operation("getCharge", "GET", "/charges/{chargeId}", [200]);

/** Payment service providers only. */
export const updateCharge = operation("updateCharge", "PATCH", "/charges/{chargeId}", [200], {
  body: updateChargeFields,
});

export const captureCharge = operation("captureCharge", "POST", "/charges/{chargeId}/capture", [200], {
  idempotency: "required",
  body: captureChargeFields,
});

/** A DELETE with a body. */
export const cancelCharge = operation("cancelCharge", "DELETE", "/charges/{chargeId}/cancel", [200], {
  body: cancelChargeFields,
});
