import type { Engine } from "../../engine/engine.ts";
import type { Movement } from "../../engine/objects/index.ts";
import { post } from "../post.ts";
import { DESCRIPTION, TRANSACTION_TYPE } from "../transaction-types.ts";

/** A credit (positive) or debit (negative) that the service makes of its own accord. */
export interface Adjustment {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  /** Minor units, signed. */
  readonly amount: bigint;
  readonly description?: string;
}

/** Posts an adjustment to the running settlement. */
export function postAdjustment(engine: Engine, adjustment: Adjustment): Movement {
  const counter = engine.state.extra<{ readonly count: number }>("bookAdjustments");
  const count = (counter.get("count")?.count ?? 0) + 1;
  counter.put("count", { count });
  const { merchantId, environment, currency, amount } = adjustment;
  return post(engine, {
    merchantId,
    environment,
    currency,
    amount,
    type: TRANSACTION_TYPE.adjustments,
    distinction: String(count),
    description: adjustment.description ?? DESCRIPTION.adjustment,
  });
}
