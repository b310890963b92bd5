import type { Engine } from "../../engine/engine.ts";
import type { Charge } from "../../engine/objects/index.ts";
import { post } from "../post.ts";
import { TRANSACTION_TYPE } from "../transaction-types.ts";
import { aboutCharge, contextOf } from "./charge-context.ts";

/**
 * The id by which old reports know the authorization of a charge: the charge's, with an A for the C of its last part.
 *
 * @example authorizationIdOf("S01-1234567-1234567-C123456") // "S01-1234567-1234567-A123456"
 */
export function authorizationIdOf(chargeId: string): string {
  return chargeId.replace(/-C(\d+)$/, "-A$1");
}

/** An authorization that succeeded and was never captured: its fixed fee alone, where the schedule takes it. */
export function postAuthorizationFee(engine: Engine, charge: Charge): void {
  const context = contextOf(engine, charge);
  const { schedule } = context;
  if (!schedule.uncapturedAuthorization || schedule.fixed === 0n) return;
  post(engine, {
    ...aboutCharge(charge, context),
    type: TRANSACTION_TYPE.authorization,
    transactionId: authorizationIdOf(charge.chargeId),
    amount: 0n,
    fee: { percentage: 0n, fixed: -schedule.fixed },
  });
}
