import { closeChargePermissionFields, updateChargePermissionFields } from "../fields/charge-permissions.ts";
import { operation, throttle } from "../operation.ts";

export const getChargePermission = operation(
  "getChargePermission",
  "GET",
  "/chargePermissions/{chargePermissionId}",
  [200],
  {
    throttle: throttle(20, 4, 10, 1),
  },
);

export const updateChargePermission = operation(
  "updateChargePermission",
  "PATCH",
  "/chargePermissions/{chargePermissionId}",
  [200],
  {
    body: updateChargePermissionFields,
    throttle: throttle(10, 2, 5, 1),
  },
);

/** A DELETE with a body. */
export const closeChargePermission = operation(
  "closeChargePermission",
  "DELETE",
  "/chargePermissions/{chargePermissionId}/close",
  [200],
  {
    body: closeChargePermissionFields,
    throttle: throttle(10, 2, 2, 1),
  },
);
