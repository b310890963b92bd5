import type { Engine } from "../engine.ts";
import type { ChargePermission, ChargePermissionState } from "../objects/index.ts";
import { describeReason, record } from "../states/move.ts";
import { PERMISSION_STATES, requireTransition } from "../states/state-tables.ts";

/** Task: the time of a permission is over. */
export const EXPIRE_PERMISSION = "permission.expire";

/** Takes a permission to another state, or to the same one for another reason. */
export function movePermission(
  engine: Engine,
  permission: ChargePermission,
  to: ChargePermissionState,
  reasonCode: string | null = null,
): void {
  const { chargePermissionId, state } = permission;
  if (state === to && (permission.reasons?.[0]?.reasonCode ?? null) === reasonCode) return;
  requireTransition(PERMISSION_STATES, state, to, reasonCode);
  const at = engine.now();
  record(engine, PERMISSION_STATES.object, chargePermissionId, permission, { at, from: state, to, reasonCode });
  permission.state = to;
  permission.reasons =
    reasonCode === null ? null : [{ reasonCode, reasonDescription: describeReason(reasonCode) ?? reasonCode }];
  permission.lastUpdatedAt = at;
  if (to === "Closed") engine.unschedule(EXPIRE_PERMISSION, chargePermissionId);
  engine.state.chargePermissions.put(chargePermissionId, permission);
  engine.bus.emit("permission.changed", { permission });
}
