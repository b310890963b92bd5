import { closeChargePermissionFields, updateChargePermissionFields } from "../fields/charge-permissions.ts";
import { throttle, type Operation } from "../operation.ts";

export const getChargePermission = {
  name: "getChargePermission",
  method: "GET",
  path: "/chargePermissions/{chargePermissionId}",
  success: [200],
  idempotency: "none",
  throttle: throttle(20, 4, 10, 1),
} as const satisfies Operation;

export const updateChargePermission = {
  name: "updateChargePermission",
  method: "PATCH",
  path: "/chargePermissions/{chargePermissionId}",
  success: [200],
  idempotency: "none",
  body: updateChargePermissionFields,
  throttle: throttle(10, 2, 5, 1),
} as const satisfies Operation;

/** A DELETE with a body. */
export const closeChargePermission = {
  name: "closeChargePermission",
  method: "DELETE",
  path: "/chargePermissions/{chargePermissionId}/close",
  success: [200],
  idempotency: "none",
  body: closeChargePermissionFields,
  throttle: throttle(10, 2, 2, 1),
} as const satisfies Operation;
