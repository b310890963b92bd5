import { DomainError } from "../domain-error.ts";
import { requirePositive } from "../amounts.ts";
import type { Engine } from "../engine.ts";
import type { Amount, Charge } from "../objects/index.ts";
import { release } from "./balance.ts";
import { recomputeState } from "./recompute-state.ts";
import { allows, CHARGE_STATES } from "../states/state-tables.ts";
import { move } from "../states/move.ts";
import { PENDING_CAPTURE, PROMPT_CAPTURE } from "../times.ts";
import { EXPIRE_AUTHORIZATION, FINISH_CAPTURE } from "./task-kinds.ts";
import { declineCharge } from "./cancel-charge.ts";
import { declineError, applyDecline } from "./decline.ts";
import { APPROVED, type ChargeOutcome } from "./outcome.ts";

/**
 * Captures an authorized charge, once; what is not captured of it is dropped. Up to seven days after the authorization
 * this is done at once, later it takes a while (docs/amazon-pay/operations.md).
 *
 * @throws DomainError
 */
export function captureCharge(
  engine: Engine,
  charge: Charge,
  amount: Amount,
  softDescriptor: string | null,
  outcome: ChargeOutcome = APPROVED,
): void {
  requireCapturable(charge, amount);
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  if (outcome.kind === "declined") {
    declineCharge(engine, charge, chargeReason(outcome.reasonCode));
    if (permission !== undefined) applyDecline(engine, permission, outcome.reasonCode);
    throw declineError(outcome.reasonCode);
  }
  charge.captured = amount;
  charge.softDescriptor = softDescriptor ?? charge.softDescriptor;
  engine.unschedule(EXPIRE_AUTHORIZATION, charge.chargeId);
  if (permission !== undefined) release(engine, permission, charge.amount.minor - amount.minor, charge.createdAt);
  const late = engine.now() - (charge.authorizedAt ?? charge.createdAt) > PROMPT_CAPTURE;
  if (outcome.kind === "capture-pending" || late) {
    const reason = outcome.kind === "capture-pending" ? outcome.reasonCode : null;
    move(engine, CHARGE_STATES, charge.chargeId, charge, "CaptureInitiated");
    engine.schedule(engine.now() + PENDING_CAPTURE, FINISH_CAPTURE, charge.chargeId, reason);
    engine.state.charges.put(charge.chargeId, charge);
    if (permission !== undefined) recomputeState(engine, permission);
    engine.bus.emit("charge.changed", { charge });
  } else {
    finishCapture(engine, charge);
  }
}

/** The money is there: `Captured`. */
export function finishCapture(engine: Engine, charge: Charge): void {
  move(engine, CHARGE_STATES, charge.chargeId, charge, "Captured");
  charge.capturedAt = engine.now();
  engine.state.charges.put(charge.chargeId, charge);
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  if (permission !== undefined) recomputeState(engine, permission);
  engine.bus.emit("charge.changed", { charge });
  engine.bus.emit("charge.captured", { charge });
}

/** An asynchronous capture fails: `Declined`. */
export function failCapture(engine: Engine, charge: Charge, reasonCode: string): void {
  const { captured } = charge;
  charge.captured = null;
  const permission = engine.state.chargePermissions.get(charge.chargePermissionId);
  // The rest of the authorization was given back when the capture began.
  if (permission !== undefined && captured !== null) {
    release(engine, permission, captured.minor, charge.createdAt);
  }
  move(engine, CHARGE_STATES, charge.chargeId, charge, "Declined", reasonCode);
  engine.state.charges.put(charge.chargeId, charge);
  if (permission !== undefined) {
    recomputeState(engine, permission);
    if (reasonCode === "AmazonRejected" || reasonCode === "HardDeclined") applyDecline(engine, permission, reasonCode);
  }
  engine.bus.emit("charge.changed", { charge });
}

/** @throws DomainError for a state or amount that cannot be captured */
function requireCapturable(charge: Charge, amount: Amount): void {
  requireChargeOperation(charge, "capture");
  requirePositive(amount, "captureAmount");
  if (amount.currencyCode !== charge.amount.currencyCode) {
    throw new DomainError(
      "CurrencyMismatch",
      `The currency of the capture must be the currency of the charge: ${charge.amount.currencyCode}.`,
    );
  }
  if (amount.minor > charge.amount.minor) {
    throw new DomainError("TransactionAmountExceeded", "You tried to capture more than was authorized.");
  }
}

/** @throws DomainError `InvalidChargeStatus` for an operation that the charge's state does not allow */
export function requireChargeOperation(charge: Charge, operation: string): void {
  if (allows(CHARGE_STATES, charge.status.state, operation)) return;
  throw new DomainError(
    "InvalidChargeStatus",
    `You tried to call an operation on a Charge that is in a state where that operation cannot be called: ${charge.status.state}.`,
  );
}

/** Reasons that a charge cannot carry itself become the general one. */
function chargeReason(reasonCode: string): string {
  const known = CHARGE_STATES.states.Authorized.to.Declined ?? [];
  return known.includes(reasonCode) ? reasonCode : "ProcessingFailure";
}
