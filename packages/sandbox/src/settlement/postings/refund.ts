import type { Engine } from "../../engine/engine.ts";
import type { Refund } from "../../engine/objects/index.ts";
import { convert } from "../../engine/exchange.ts";
import { post } from "../post.ts";
import { TRANSACTION_TYPE } from "../transaction-types.ts";
import { aboutCharge, contextOf } from "./charge-context.ts";
import { feeBack } from "./fee-refund.ts";

/** Money given back: a debit, with the percentage fee back in proportion. */
export function postRefund(engine: Engine, refund: Refund): void {
  const charge = engine.state.charges.get(refund.chargeId);
  if (charge === undefined) return;
  const context = contextOf(engine, charge);
  const amount = convert(refund.amount.minor, refund.amount.currencyCode, context.currency);
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.refund,
    transactionId: refund.refundId,
    amount: -amount,
    fee: feeBack(engine, charge, amount),
  });
}
