import { closePermission, requireModifiable, requirePermissionOperation } from "../../engine/payments/permissions.ts";
import { booleanOf, objectOf } from "../../engine/sessions/read-details.ts";
import type { ChargePermission } from "../../engine/objects/index.ts";
import type { OperationCall } from "../operation-call.ts";
import { permissionOf } from "../own-objects.ts";
import { showPermission } from "../render/render.ts";
import { simulationOf } from "../simulation.ts";
import type { Handlers } from "./handlers.ts";

const show = (call: OperationCall, permission: ChargePermission): { readonly body: unknown } => ({
  body: showPermission(permission, call.engine, call.merchant),
});

/** docs/amazon-pay/operations.md. */
export const chargePermissionHandlers = {
  getChargePermission: (call) => show(call, permissionOf(call)),

  updateChargePermission: (call) => {
    const permission = permissionOf(call);
    requireModifiable(permission, call.body);
    permission.merchantMetadata = { ...permission.merchantMetadata, ...given(call.body["merchantMetadata"]) };
    if (call.body["recurringMetadata"] !== undefined && call.body["recurringMetadata"] !== null) {
      permission.recurringMetadata = {
        ...objectOf(permission.recurringMetadata),
        ...given(call.body["recurringMetadata"]),
      };
    }
    call.engine.state.chargePermissions.put(permission.chargePermissionId, permission);
    call.engine.bus.emit("permission.changed", { permission });
    return show(call, permission);
  },

  closeChargePermission: (call) => {
    const permission = permissionOf(call);
    requirePermissionOperation(permission, "close");
    const simulation = simulationOf(call);
    const reason = simulation?.kind === "close" ? simulation.reason : "MerchantCanceled";
    closePermission(call.engine, permission, reason, booleanOf(call.body["cancelPendingCharges"]) ?? false);
    return show(call, permission);
  },
} satisfies Handlers;

function given(value: unknown): Record<string, never> {
  const members = Object.entries(objectOf(value)).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members) as Record<string, never>;
}
