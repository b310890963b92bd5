import type { Engine } from "../../engine/engine.ts";
import type { Charge, Dispute } from "../../engine/objects/index.ts";
import { convert } from "../../engine/exchange.ts";
import { movementOf } from "../movements.ts";
import { post } from "../post.ts";
import { DESCRIPTION, TRANSACTION_TYPE } from "../transaction-types.ts";
import { aboutCharge, contextOf, type ChargeContext } from "./charge-context.ts";
import { feeBack } from "./fee-refund.ts";

/** Whether Amazon's own guarantee is claimed, and not the buyer's bank. */
function isClaim(dispute: Dispute): boolean {
  return /^a-?to-?z/i.test(dispute.disputeType);
}

/** Money that a dispute takes from the merchant, or gives back when the merchant won. */
export function postDispute(engine: Engine, dispute: Dispute, direction: "debit" | "credit"): void {
  const charge = engine.state.charges.get(dispute.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  const type = isClaim(dispute) ? TRANSACTION_TYPE.claim : TRANSACTION_TYPE.chargeback;
  const common = { ...aboutCharge(charge, context), type, transactionId: dispute.disputeId };
  if (direction === "debit") {
    const amount = convert(dispute.amount.minor, dispute.amount.currencyCode, context.currency);
    const description = isClaim(dispute) ? DESCRIPTION.claim : DESCRIPTION.chargeback;
    post(engine, { ...common, amount: -amount, fee: feeBack(engine, charge, amount), description });
    if (!isClaim(dispute) && context.settings.disputeFee === "chargeback") {
      postDisputeFee(engine, dispute, charge, context);
    }
    return;
  }
  const taken = movementOf(engine, type, dispute.disputeId);
  if (taken === undefined) return;
  post(engine, {
    ...common,
    distinction: "reversed",
    amount: -taken.amount,
    fee: { percentage: -taken.percentageFee, fixed: 0n },
    description: isClaim(dispute) ? DESCRIPTION.claimWon : DESCRIPTION.chargebackWon,
  });
}

/** The fee for contesting, where the merchant's setting takes it then; once per dispute. */
export function postContest(engine: Engine, dispute: Dispute): void {
  if (!dispute.takesMoney || dispute.merchantEvidences.length === 0 || isClaim(dispute)) return;
  const charge = engine.state.charges.get(dispute.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  if (context.settings.disputeFee === "contest") postDisputeFee(engine, dispute, charge, context);
}

function postDisputeFee(engine: Engine, dispute: Dispute, charge: Charge, context: ChargeContext): void {
  if (context.schedule.dispute === 0n) return;
  if (movementOf(engine, TRANSACTION_TYPE.dispute, dispute.disputeId) !== undefined) return;
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.dispute,
    transactionId: dispute.disputeId,
    amount: 0n,
    fee: { percentage: 0n, fixed: -context.schedule.dispute },
    description: DESCRIPTION.dispute,
  });
}
