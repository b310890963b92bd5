import type { Engine } from "../engine.ts";
import type { CheckoutSession } from "../objects/index.ts";
import { move } from "../states/move.ts";
import { SESSION_STATES } from "../states/session-states.ts";
import { EXPIRE_SESSION } from "./task-kinds.ts";

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
