import type { Engine } from "../engine.ts";
import type { ChargePermission, ChargeState } from "../objects/index.ts";
import { movePermission } from "./move-permission.ts";

/** States of a charge in which no other can be started (docs/amazon-pay/states.md). */
const IN_PROGRESS: ReadonlySet<ChargeState> = new Set(["AuthorizationInitiated", "Authorized", "CaptureInitiated"]);

/**
 * Brings a permission's state up to date after something happened to one of its charges: waiting while one is in
 * progress; over when a one-time limit is used up; otherwise as it was before.
 */
export function recomputeState(engine: Engine, permission: ChargePermission): void {
  if (permission.state === "Closed") return;
  const waiting = permission.reasons?.[0]?.reasonCode ?? null;
  const open = engine.state.charges.get(permission.openChargeId ?? "");
  if (open !== undefined && IN_PROGRESS.has(open.status.state)) {
    if (waiting === null) movePermission(engine, permission, "NonChargeable", "ChargeInProgress");
  } else if (permission.type === "OneTime" && permission.balance.minor === 0n && permission.chargeCount > 0) {
    movePermission(engine, permission, "Closed", "AmazonClosed");
  } else if (waiting === "ChargeInProgress") {
    movePermission(engine, permission, "Chargeable");
  }
}
