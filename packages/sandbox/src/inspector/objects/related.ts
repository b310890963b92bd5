import type { Engine } from "../../engine/engine.ts";
import type { Charge, CheckoutSession, Dispute, Refund } from "../../engine/objects/index.ts";

/** Another object that belongs to one. */
export interface Related {
  readonly kind: string;
  readonly id: string;
}

/** What belongs to an object, by the object's kind. */
const RELATED: Readonly<Record<string, (engine: Engine, object: never, id: string) => readonly Related[]>> = {
  __proto__: null as never,
  sessions: (_, session: CheckoutSession) => [
    ...one("permissions", session.chargePermissionId),
    ...one("charges", session.chargeId),
  ],
  permissions: (engine, _, id) => [
    ...[...engine.state.checkoutSessions.values()]
      .filter((session) => session.chargePermissionId === id)
      .flatMap((session) => one("sessions", session.checkoutSessionId)),
    ...[...engine.state.charges.under("permission", id)].flatMap((charge) => one("charges", charge.chargeId)),
  ],
  charges: (engine, charge: Charge, id) => [
    ...one("permissions", charge.chargePermissionId),
    ...[...engine.state.refunds.under("charge", id)].flatMap((refund) => one("refunds", refund.refundId)),
    ...[...engine.state.disputes.under("charge", id)].flatMap((dispute) => one("disputes", dispute.disputeId)),
  ],
  refunds: (_, refund: Refund) => [
    ...one("charges", refund.chargeId),
    ...one("permissions", refund.chargePermissionId),
  ],
  disputes: (_, dispute: Dispute) => one("charges", dispute.chargeId),
};

/** The objects that belong to an object. */
export function relatedTo(engine: Engine, kind: string, object: unknown, id: string): readonly Related[] {
  const find = Object.hasOwn(RELATED, kind) ? RELATED[kind] : undefined;
  return find === undefined ? [] : find(engine, object as never, id);
}

function one(kind: string, id: string | null): readonly Related[] {
  return id === null ? [] : [{ kind, id }];
}
