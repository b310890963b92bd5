import type { Engine } from "../../engine/engine.ts";
import type { Charge, Movement } from "../../engine/objects/index.ts";
import { returnedFee, type Fee } from "../fees/index.ts";
import { movementOf } from "../movements.ts";
import { TRANSACTION_TYPE } from "../transaction-types.ts";

/** Every movement that gave money of a charge back, or took it again after a won dispute. */
function* movementsBack(engine: Engine, charge: Charge): Generator<Movement> {
  for (const refund of engine.state.refunds.under("charge", charge.chargeId)) {
    const movement = movementOf(engine, TRANSACTION_TYPE.refund, refund.refundId);
    if (movement !== undefined) yield movement;
  }
  for (const dispute of engine.state.disputes.under("charge", charge.chargeId)) {
    for (const type of [TRANSACTION_TYPE.chargeback, TRANSACTION_TYPE.claim]) {
      for (const direction of ["", "reversed"]) {
        const movement = movementOf(engine, type, dispute.disputeId, direction);
        if (movement !== undefined) yield movement;
      }
    }
  }
}

/**
 * The percentage fee that comes back when part of a charge goes back to the buyer: in proportion, and never more in all
 * than was taken with the capture.
 *
 * @param amount in the currency of the settlement, positive
 */
export function feeBack(engine: Engine, charge: Charge, amount: bigint): Fee {
  const capture = movementOf(engine, TRANSACTION_TYPE.capture, charge.chargeId);
  if (capture === undefined) return { percentage: 0n, fixed: 0n };
  let remaining = -capture.percentageFee;
  for (const movement of movementsBack(engine, charge)) remaining -= movement.percentageFee;
  return returnedFee(amount, capture.amount, capture.percentageFee, remaining);
}
