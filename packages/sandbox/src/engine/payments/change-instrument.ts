import type { Engine } from "../engine.ts";
import type { ChargePermission } from "../objects/index.ts";
import { movePermission } from "./move-permission.ts";
import { recomputeState } from "./recompute-state.ts";

/** The buyer pays with another card: what was wrong with the old one no longer stands in the way. */
export function changeInstrument(engine: Engine, permission: ChargePermission, instrumentId: string): void {
  permission.instrumentId = instrumentId;
  engine.state.chargePermissions.put(permission.chargePermissionId, permission);
  const waiting = permission.reasons?.[0]?.reasonCode;
  if (permission.state === "NonChargeable" && waiting !== "ChargeInProgress") {
    movePermission(engine, permission, "Chargeable");
    recomputeState(engine, permission);
  } else {
    engine.bus.emit("permission.changed", { permission });
  }
}
