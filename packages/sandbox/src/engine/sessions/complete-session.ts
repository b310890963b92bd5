import { DomainError } from "../domain-error.ts";
import { sameAmount } from "../amounts.ts";
import { createCharge } from "../payments/create-charge.ts";
import { APPROVED, type ChargeOutcome } from "../payments/outcome.ts";
import type { Engine } from "../engine.ts";
import type { Amount, Charge, ChargePermission, CheckoutSession, Merchant, SessionBuyer } from "../objects/index.ts";
import { changeInstrument } from "../payments/change-instrument.ts";
import { grantPermission } from "../payments/grant-permission.ts";
import { move } from "../states/move.ts";
import { SESSION_STATES } from "../states/state-tables.ts";
import { isSetUpOnly } from "./constraints.ts";
import { EXPIRE_SESSION } from "./task-kinds.ts";
import { objectOf, textOf } from "./read-details.ts";
import { wrongStatus } from "./session-changes.ts";

/** What the merchant repeats when completing. */
export interface Repeated {
  readonly chargeAmount: Amount | null;
  readonly totalOrderAmount: Amount | null;
}

/**
 * Refuses to complete a session that is not ready: cancelled, completed, or the buyer has not been through Amazon's page.
 *
 * @throws DomainError
 */
export function requireReady(session: CheckoutSession): void {
  if (session.status.state === "Canceled") throw sessionCanceled();
  if (session.status.state !== "Open") throw wrongStatus(session.status.state);
  if (!session.buyerConfirmed) {
    throw new DomainError(
      "InvalidCheckoutSessionStatus",
      "You tried to complete a Checkout Session before the buyer came back from the Amazon-hosted page (amazonPayRedirectUrl).",
    );
  }
}

/** The refusal of a session that was cancelled. */
export const sessionCanceled = (): DomainError =>
  new DomainError("CheckoutSessionCanceled", "The Checkout Session is canceled. Read it for the reason.");

/**
 * Refuses amounts that are not those of the session (docs/amazon-pay/operations.md).
 *
 * @throws DomainError
 */
export function requireSameAmounts(session: CheckoutSession, { chargeAmount, totalOrderAmount }: Repeated): void {
  const { paymentDetails } = session.details;
  if (chargeAmount === null && !isSetUpOnly(session)) {
    throw new DomainError("MissingParameterValue", "The value for [chargeAmount] is missing.");
  }
  requireSame("chargeAmount", chargeAmount, paymentDetails.chargeAmount);
  if (paymentDetails.totalOrderAmount !== null && totalOrderAmount === null) {
    throw new DomainError("MissingParameterValue", "The value for [totalOrderAmount] is missing.");
  }
  requireSame("totalOrderAmount", totalOrderAmount, paymentDetails.totalOrderAmount);
}

function requireSame(name: string, repeated: Amount | null, known: Amount | null): void {
  if (repeated === null || sameAmount(repeated, known)) return;
  if (known !== null && repeated.currencyCode !== known.currencyCode) {
    throw new DomainError("CurrencyMismatch", `The currency of ${name} does not match the Checkout Session.`);
  }
  throw new DomainError("AmountMismatch", `The ${name} does not match the Checkout Session.`);
}

/**
 * Completes a session: the buyer's consent becomes a charge permission, and with an authorizing intent a charge.
 *
 * @param outcome how the charge ends; default: with success
 * @returns the charge, or null where there is none
 */
export function completeSession(
  engine: Engine,
  session: CheckoutSession,
  merchant: Merchant,
  buyer: SessionBuyer,
  outcome: ChargeOutcome = APPROVED,
): Charge | null {
  const { paymentDetails, other } = session.details;
  const permission = permissionOf(engine, session, merchant, buyer);
  const amount = paymentDetails.chargeAmount;
  const intent = paymentDetails.paymentIntent;
  let charge: Charge | null = null;
  if (amount !== null && intent !== null && intent !== "Confirm" && !isSetUpOnly(session)) {
    charge = createCharge(
      engine,
      permission,
      {
        amount,
        captureNow: intent === "AuthorizeWithCapture",
        canHandlePendingAuthorization: paymentDetails.canHandlePendingAuthorization,
        softDescriptor: paymentDetails.softDescriptor,
        providerMetadata: other["providerMetadata"] ?? null,
        platformId: textOf(other["platformId"]),
        merchantMetadata: permission.type === "OneTime" ? {} : permission.merchantMetadata,
      },
      outcome,
    );
  }
  move(engine, SESSION_STATES, session.checkoutSessionId, session, "Completed");
  session.chargePermissionId = permission.chargePermissionId;
  session.chargeId = charge?.chargeId ?? null;
  engine.unschedule(EXPIRE_SESSION, session.checkoutSessionId);
  engine.state.checkoutSessions.put(session.checkoutSessionId, session);
  engine.bus.emit("session.changed", { session });
  return charge;
}

/** A new permission, or the one that the session renews: with the buyer's new card and the merchant's new data. */
function permissionOf(
  engine: Engine,
  session: CheckoutSession,
  merchant: Merchant,
  buyer: SessionBuyer,
): ChargePermission {
  const { paymentDetails, other, chargePermissionType, productType } = session.details;
  const known = engine.state.chargePermissions.get(textOf(other["chargePermissionId"]) ?? "");
  const merchantMetadata = objectOf(other["merchantMetadata"]) as Partial<ChargePermission["merchantMetadata"]>;
  if (known !== undefined && known.state !== "Closed") {
    known.merchantMetadata = { ...known.merchantMetadata, ...merchantMetadata };
    known.recurringMetadata = other["recurringMetadata"] ?? known.recurringMetadata;
    changeInstrument(engine, known, buyer.instrumentId);
    return known;
  }
  return grantPermission(engine, {
    merchant,
    environment: session.environment,
    type: chargePermissionType as ChargePermission["type"],
    order: paymentDetails.totalOrderAmount ??
      paymentDetails.chargeAmount ?? {
        minor: 0n,
        currencyCode: paymentDetails.presentmentCurrency ?? merchant.currency,
      },
    buyer,
    merchantMetadata,
    recurringMetadata: other["recurringMetadata"] ?? null,
    platformId: textOf(other["platformId"]),
    scopes: (other["scopes"] as readonly string[] | undefined) ?? null,
    productType,
    allowOvercharge: paymentDetails.allowOvercharge ?? false,
    extendExpiration: paymentDetails.extendExpiration ?? false,
  });
}
