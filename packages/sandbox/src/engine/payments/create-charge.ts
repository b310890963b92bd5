import { DomainError } from "../domain-error.ts";
import { requirePositive } from "../amounts.ts";
import type { Engine } from "../engine.ts";
import { MOST_CHARGES } from "../limits.ts";
import type { Amount, Charge, ChargePermission } from "../objects/index.ts";
import { balanceAt, reserve } from "./balance.ts";
import { requirePermissionOperation } from "./close-permission.ts";
import { idPrefix, extendExpiry } from "./grant-permission.ts";
import { recomputeState } from "./recompute-state.ts";
import { CHARGE_STATES } from "../states/state-tables.ts";
import { begin, initialStatus } from "../states/move.ts";
import { AUTHORIZATION_LIFE, PENDING_AUTHORIZATION } from "../times.ts";
import { DECIDE_AUTHORIZATION, EXPIRE_AUTHORIZATION } from "./task-kinds.ts";
import { captureCharge } from "./capture-charge.ts";
import { declineError, applyDecline } from "./decline.ts";
import { APPROVED, type ChargeOutcome } from "./outcome.ts";

/** What a charge is made from. */
export interface NewCharge {
  readonly amount: Amount;
  /** Authorize and capture together. Default false. */
  readonly captureNow?: boolean;
  readonly canHandlePendingAuthorization?: boolean;
  readonly softDescriptor?: string | null;
  readonly channel?: string | null;
  readonly chargeInitiator?: string | null;
  readonly providerMetadata?: unknown;
  readonly platformId?: string | null;
  readonly resultReturnUrl?: string | null;
  readonly merchantMetadata?: Partial<Charge["merchantMetadata"]>;
}

/**
 * Charges a buyer: an authorization, and with `captureNow` its capture.
 *
 * @param outcome how it ends; default: with success
 * @returns the charge: `Authorized`, `Captured`, `CaptureInitiated` or `AuthorizationInitiated`
 * @throws DomainError for a permission or amount that cannot be charged, and for a decline
 */
export function createCharge(
  engine: Engine,
  permission: ChargePermission,
  spec: NewCharge,
  outcome: ChargeOutcome = APPROVED,
): Charge {
  requireChargeable(engine, permission, spec.amount);
  if (outcome.kind === "declined") {
    applyDecline(engine, permission, outcome.reasonCode);
    throw declineError(outcome.reasonCode);
  }
  const pending = outcome.kind === "pending";
  const state = pending ? "AuthorizationInitiated" : "Authorized";
  const now = engine.now();
  const charge: Charge = {
    chargeId: engine.childId(parentId(engine, permission), "C"),
    chargePermissionId: permission.chargePermissionId,
    merchantId: permission.merchantId,
    environment: permission.environment,
    amount: spec.amount,
    captured: null,
    refunded: null,
    softDescriptor: spec.softDescriptor ?? null,
    captureNow: spec.captureNow ?? false,
    canHandlePendingAuthorization: spec.canHandlePendingAuthorization ?? false,
    channel: spec.channel ?? null,
    chargeInitiator: spec.chargeInitiator ?? null,
    providerMetadata: spec.providerMetadata ?? null,
    platformId: spec.platformId ?? null,
    resultReturnUrl: spec.resultReturnUrl ?? null,
    merchantMetadata: { ...NO_METADATA, ...spec.merchantMetadata },
    status: initialStatus(engine, state),
    authorizedAt: pending ? null : now,
    capturedAt: null,
    createdAt: now,
    expiresAt: now + AUTHORIZATION_LIFE,
    history: [],
  };
  begin(engine, CHARGE_STATES, charge.chargeId, charge, state);
  engine.state.charges.put(charge.chargeId, charge);
  permission.chargeCount += 1;
  permission.openChargeId = charge.chargeId;
  extendExpiry(engine, permission);
  reserve(engine, permission, spec.amount);
  if (spec.captureNow !== true) engine.schedule(charge.expiresAt, EXPIRE_AUTHORIZATION, charge.chargeId);
  if (pending) {
    engine.schedule(now + PENDING_AUTHORIZATION, DECIDE_AUTHORIZATION, charge.chargeId, outcome.reasonCode);
  }
  if (spec.captureNow === true) captureCharge(engine, charge, spec.amount, charge.softDescriptor, outcome);
  else {
    recomputeState(engine, permission);
    engine.bus.emit("charge.changed", { charge });
  }
  return charge;
}

/**
 * Refuses what may not be charged (docs/amazon-pay/operations.md, docs/amazon-pay/states.md).
 *
 * @throws DomainError
 */
export function requireChargeable(engine: Engine, permission: ChargePermission, amount: Amount): void {
  requirePermissionOperation(permission, "createCharge");
  requirePositive(amount, "chargeAmount");
  if (amount.currencyCode !== permission.presentmentCurrency) {
    throw new DomainError(
      "CurrencyMismatch",
      `The currency of the charge must be the currency of the Charge Permission: ${permission.presentmentCurrency}.`,
    );
  }
  if (permission.type === "OneTime" && permission.chargeCount >= MOST_CHARGES) {
    throw new DomainError(
      "TransactionCountExceeded",
      `You have exceeded the allowed number of Charges on this Charge Permission: ${MOST_CHARGES}.`,
    );
  }
  if (amount.minor <= balanceAt(permission, engine.now()).minor) return;
  throw permission.type === "OneTime"
    ? new DomainError(
        "TransactionAmountExceeded",
        "You have exceeded the maximum amount that can be charged on this Charge Permission.",
      )
    : new DomainError(
        "PeriodicAmountExceeded",
        "You've exceeded the monthly limit for the Charge Permission and must wait until the next month to charge this buyer.",
      );
}

/** Charges of recurring and saved permissions have an id of their own that begins as a one-time one does (docs/amazon-pay/operations.md). */
function parentId(engine: Engine, permission: ChargePermission): string {
  if (permission.type === "OneTime") return permission.chargePermissionId;
  const region = engine.state.merchants.get(permission.merchantId)?.region ?? "na";
  return engine.amazonId(idPrefix("OneTime", permission.environment, region));
}

const NO_METADATA: Charge["merchantMetadata"] = {
  merchantReferenceId: null,
  merchantStoreName: null,
  noteToBuyer: null,
  customInformation: null,
};
