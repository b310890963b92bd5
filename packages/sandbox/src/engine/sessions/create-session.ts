import { DomainError } from "../domain-error.ts";
import type { Engine } from "../engine.ts";
import type { CheckoutSession, Merchant } from "../objects/index.ts";
import { begin, initialStatus } from "../states/move.ts";
import { SESSION_STATES } from "../states/state-tables.ts";
import { hasStore } from "../stores.ts";
import { SESSION_LIFE, SESSION_RECORD_LIFE } from "../times.ts";
import { EXPIRE_SESSION, REMOVE_SESSION } from "./task-kinds.ts";
import { emptyDetails, mergeDetails } from "./read-details.ts";

/** What a checkout session is made from. */
export interface NewSession {
  readonly merchant: Merchant;
  readonly environment: "sandbox" | "live";
  /** Body of Create Checkout Session, or payload of a button, checked by its table. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Product type of the button; null for a session that the merchant's server makes. */
  readonly productType: string | null;
}

/**
 * Makes a checkout session: `Open`, for 24 hours, its record for 30 days (docs/amazon-pay/states.md).
 *
 * @throws DomainError for values that the table cannot judge: a store of another merchant, currencies, combinations
 */
export function createSession(
  engine: Engine,
  { merchant, environment, body, productType }: NewSession,
): CheckoutSession {
  const storeId = String(body["storeId"]);
  if (!hasStore(engine, merchant, storeId)) {
    throw new DomainError(
      "InvalidParameterValue",
      "The value provided for [storeId] is invalid. It must be the id of a store of this merchant.",
    );
  }
  const details = mergeDetails(emptyDetails(storeId, productType), body, merchant);
  requireOwnPermission(engine, merchant, environment, details.other["chargePermissionId"]);
  const now = engine.now();
  const session: CheckoutSession = {
    checkoutSessionId: engine.uuid(),
    merchantId: merchant.merchantId,
    environment,
    details,
    status: initialStatus(engine, "Open"),
    buyer: null,
    buyerConfirmed: false,
    chargePermissionId: null,
    chargeId: null,
    createdAt: now,
    expiresAt: now + SESSION_LIFE,
    history: [],
  };
  const id = session.checkoutSessionId;
  begin(engine, SESSION_STATES, id, session, "Open");
  engine.state.checkoutSessions.put(id, session);
  engine.schedule(session.expiresAt, EXPIRE_SESSION, id);
  engine.schedule(now + SESSION_RECORD_LIFE, REMOVE_SESSION, id);
  engine.bus.emit("session.changed", { session });
  return session;
}

/** A session may renew an existing permission: it must be the merchant's and not be over. */
function requireOwnPermission(engine: Engine, merchant: Merchant, environment: string, id: unknown): void {
  if (typeof id !== "string") return;
  const permission = engine.state.chargePermissions.get(id);
  const own = permission?.merchantId === merchant.merchantId && permission.environment === environment;
  if (!own) throw new DomainError("InvalidParameterValue", "The value provided for [chargePermissionId] is invalid.");
  if (permission.state === "Closed") {
    throw new DomainError(
      "InvalidChargePermissionStatus",
      "You tried to call an operation on a Charge Permission where the state is Closed.",
    );
  }
}
