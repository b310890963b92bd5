import type { Engine } from "../engine.ts";
import { recomputeState } from "./recompute-state.ts";
import { CHARGE_STATES } from "../states/state-tables.ts";
import { move } from "../states/move.ts";
import { DECIDE_AUTHORIZATION, EXPIRE_AUTHORIZATION, FINISH_CAPTURE } from "./task-kinds.ts";
import { cancelCharge, declineCharge } from "./cancel-charge.ts";
import { failCapture, finishCapture } from "./capture-charge.ts";
import { applyDecline } from "./decline.ts";
import type { PendingDeclineReason } from "./outcome.ts";

/** Handles the scheduled tasks of charges. An item about a charge that has gone on in the meantime does nothing. */
export function installCharges(engine: Engine): void {
  engine.handle(EXPIRE_AUTHORIZATION, ({ subject }) => {
    const charge = engine.state.charges.get(subject);
    if (charge?.status.state === "Authorized" || charge?.status.state === "AuthorizationInitiated") {
      cancelCharge(engine, charge, "ExpiredUnused");
    }
  });
  engine.handle(DECIDE_AUTHORIZATION, ({ subject, payload }) => {
    decideAuthorization(engine, subject, payload as PendingDeclineReason | null);
  });
  engine.handle(FINISH_CAPTURE, ({ subject, payload }) => {
    const charge = engine.state.charges.get(subject);
    if (charge?.status.state !== "CaptureInitiated") return;
    if (payload === null) finishCapture(engine, charge);
    else failCapture(engine, charge, payload as PendingDeclineReason);
  });
}

function decideAuthorization(engine: Engine, chargeId: string, reasonCode: PendingDeclineReason | null): void {
  const charge = engine.state.charges.get(chargeId);
  if (charge?.status.state !== "AuthorizationInitiated") return;
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  if (reasonCode === null) {
    move(engine, CHARGE_STATES, chargeId, charge, "Authorized");
    charge.authorizedAt = engine.now();
    engine.state.charges.put(chargeId, charge);
    if (permission !== undefined) recomputeState(engine, permission);
    engine.bus.emit("charge.changed", { charge });
    return;
  }
  declineCharge(engine, charge, reasonCode);
  if (permission !== undefined) applyDecline(engine, permission, reasonCode);
}
