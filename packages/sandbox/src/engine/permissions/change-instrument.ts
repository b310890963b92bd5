import type { Engine } from "../engine.ts";
import type { ChargePermission } from "../objects/index.ts";
import { movePermission } from "./move-permission.ts";
import { reconsider } from "./recompute-state.ts";

/** The buyer pays with another card: what was wrong with the old one no longer stands in the way. */
export function changeInstrument(engine: Engine, permission: ChargePermission, instrumentId: string): void {
  permission.instrumentId = instrumentId;
  engine.state.chargePermissions.put(permission.chargePermissionId, permission);
  const waiting = permission.reasons?.[0]?.reasonCode;
  if (permission.state === "NonChargeable" && waiting !== "ChargeInProgress") {
    movePermission(engine, permission, "Chargeable");
    reconsider(engine, permission);
  } else {
    engine.announcer.tell("permission.changed", { permission });
  }
}
