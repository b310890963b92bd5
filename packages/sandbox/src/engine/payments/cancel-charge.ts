import type { Engine } from "../engine.ts";
import type { Charge } from "../objects/index.ts";
import { release } from "./balance.ts";
import { recomputeState } from "./recompute-state.ts";
import { CHARGE_STATES } from "../states/state-tables.ts";
import { move } from "../states/move.ts";
import { DECIDE_AUTHORIZATION, EXPIRE_AUTHORIZATION } from "./task-kinds.ts";

/**
 * Ends a charge that is not captured: `Canceled`. What it took of the limit is given back.
 *
 * An authorization that had succeeded is told as not captured, because the service may take a fee for it.
 */
export function cancelCharge(engine: Engine, charge: Charge, reasonCode: string, description?: string): void {
  endUncaptured(engine, charge, "Canceled", reasonCode, description);
}

/** Ends a charge that is not captured: `Declined`. */
export function declineCharge(engine: Engine, charge: Charge, reasonCode: string): void {
  endUncaptured(engine, charge, "Declined", reasonCode);
}

function endUncaptured(
  engine: Engine,
  charge: Charge,
  to: "Canceled" | "Declined",
  reasonCode: string,
  description?: string,
): void {
  const wasAuthorized = charge.authorizedAt !== null;
  move(engine, CHARGE_STATES, charge.chargeId, charge, to, reasonCode, description);
  engine.unschedule(EXPIRE_AUTHORIZATION, charge.chargeId);
  engine.unschedule(DECIDE_AUTHORIZATION, charge.chargeId);
  engine.state.charges.put(charge.chargeId, charge);
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  if (permission !== undefined) {
    release(engine, permission, charge.amount.minor, charge.createdAt);
    recomputeState(engine, permission);
  }
  engine.bus.emit("charge.changed", { charge });
  if (wasAuthorized && to === "Canceled") engine.bus.emit("charge.uncaptured", { charge });
}
