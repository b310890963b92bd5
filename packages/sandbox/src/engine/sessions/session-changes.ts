import { DomainError } from "../domain-error.ts";
import type { Engine } from "../engine.ts";
import type { CheckoutSession, Merchant } from "../objects/index.ts";
import { move } from "../states/move.ts";
import { allows, SESSION_STATES } from "../states/state-tables.ts";
import { mergeDetails } from "./read-details.ts";
import { EXPIRE_SESSION, REMOVE_SESSION } from "./task-kinds.ts";

/** Why a session ends without a payment (docs/amazon-pay/states.md). */
export type SessionCancelReason = "BuyerCanceled" | "Expired" | "AmazonCanceled" | "Declined";

/** Ends an open session as `Canceled`. */
export function cancelSession(
  engine: Engine,
  session: CheckoutSession,
  reasonCode: SessionCancelReason,
  reasonDescription?: string,
): void {
  move(engine, SESSION_STATES, session.checkoutSessionId, session, "Canceled", reasonCode, reasonDescription);
  engine.unschedule(EXPIRE_SESSION, session.checkoutSessionId);
  engine.state.checkoutSessions.put(session.checkoutSessionId, session);
  engine.bus.emit("session.changed", { session });
}

/** Fixed when the button is rendered; an update cannot change them (docs/amazon-pay/operations.md). */
const FIXED = ["allowOvercharge", "extendExpiration"] as const;

/**
 * Update Checkout Session: open sessions only.
 *
 * @throws DomainError
 */
export function updateSession(
  engine: Engine,
  session: CheckoutSession,
  body: Readonly<Record<string, unknown>>,
  merchant: Merchant,
): void {
  requireOperation(session, "update");
  const merged = mergeDetails(session.details, body, merchant);
  for (const name of FIXED) merged.paymentDetails[name] = session.details.paymentDetails[name];
  if (session.buyerConfirmed && touchesPayment(body)) {
    // What the buyer has agreed to on Amazon's page must not change behind the buyer's back.
    session.buyerConfirmed = false;
  }
  session.details = merged;
  engine.state.checkoutSessions.put(session.checkoutSessionId, session);
  engine.bus.emit("session.changed", { session });
}

/** @throws DomainError `InvalidCheckoutSessionStatus` for an operation that the session's state does not allow */
export function requireOperation(session: CheckoutSession, operation: string): void {
  if (allows(SESSION_STATES, session.status.state, operation)) return;
  throw wrongStatus(session.status.state);
}

/** The service's refusal of an operation because of the session's state. */
export function wrongStatus(state: string): DomainError {
  return new DomainError(
    "InvalidCheckoutSessionStatus",
    `You tried to call an operation on a Checkout Session that is in a state where that operation cannot be called: ${state}.`,
  );
}

const touchesPayment = (body: Readonly<Record<string, unknown>>): boolean =>
  ["paymentDetails", "chargePermissionType", "recurringMetadata"].some((name) => body[name] !== undefined);

/** Handles the scheduled tasks of sessions. */
export function installSessions(engine: Engine): void {
  engine.handle(EXPIRE_SESSION, (item) => {
    const session = engine.state.checkoutSessions.get(item.subject);
    if (session?.status.state === "Open") cancelSession(engine, session, "Expired");
  });
  engine.handle(REMOVE_SESSION, (item) => {
    engine.state.checkoutSessions.delete(item.subject);
  });
}
