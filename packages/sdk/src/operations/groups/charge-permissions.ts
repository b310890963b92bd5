import { closeChargePermissionFields, updateChargePermissionFields } from "../fields/charge-permissions.ts";
import { operation } from "../operation.ts";

export const getChargePermission = operation(
  "getChargePermission",
  "GET",
  "/chargePermissions/{chargePermissionId}",
  [200],
);

export const updateChargePermission = operation(
  "updateChargePermission",
  "PATCH",
  "/chargePermissions/{chargePermissionId}",
  [200],
  {
    body: updateChargePermissionFields,
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
  },
);
