import type { Engine } from "../../engine/engine.ts";
import type { Charge } from "../../engine/objects/index.ts";
import { convert } from "../../engine/exchange.ts";
import { captureFee } from "../fees/index.ts";
import { post } from "../post.ts";
import { TRANSACTION_TYPE } from "../transaction-types.ts";
import { aboutCharge, contextOf } from "./charge-context.ts";

/** Money captured: a credit, less percentage and fixed fee. */
export function postCapture(engine: Engine, charge: Charge): void {
  const context = contextOf(engine, charge);
  const captured = charge.captured ?? charge.amount;
  const amount = convert(captured.minor, captured.currencyCode, context.currency);
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.capture,
    transactionId: charge.chargeId,
    amount,
    fee: captureFee(context.schedule, amount, context.settings.crossBorder),
    description: charge.merchantMetadata.noteToBuyer,
  });
}
