import type { Engine } from "../engine.ts";
import { move } from "../states/move.ts";
import { REFUND_STATES } from "../states/state-tables.ts";
import { FINISH_REFUND } from "./create-refund.ts";

/** Handles the scheduled tasks of refunds. */
export function installRefunds(engine: Engine): void {
  engine.handle(FINISH_REFUND, ({ subject, payload }) => {
    const refund = engine.state.refunds.get(subject);
    if (refund?.status.state !== "RefundInitiated") return;
    if (typeof payload === "string") {
      move(engine, REFUND_STATES, subject, refund, "Declined", payload);
      engine.state.refunds.put(subject, refund);
      engine.bus.emit("refund.changed", { refund });
      return;
    }
    move(engine, REFUND_STATES, subject, refund, "Refunded");
    refund.refundedAt = engine.now();
    engine.state.refunds.put(subject, refund);
    const charge = engine.state.charges.get(refund.chargeId);
    if (charge !== undefined) {
      const { minor, currencyCode } = refund.amount;
      charge.refunded = { minor: (charge.refunded?.minor ?? 0n) + minor, currencyCode };
      engine.state.charges.put(charge.chargeId, charge);
      engine.bus.emit("charge.changed", { charge });
    }
    engine.bus.emit("refund.changed", { refund });
    engine.bus.emit("refund.refunded", { refund });
  });
}
