import { ControlError } from "../../control/control-error.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Merchant } from "../../engine/objects/index.ts";

/** The merchant of an id. @throws ControlError `control.not-found` */
export function findMerchant(engine: Engine, merchantId: string): Merchant {
  const merchant = engine.state.merchants.get(merchantId);
  if (merchant === undefined) {
    throw new ControlError(
      "control.not-found",
      `there is no merchant ${JSON.stringify(merchantId.slice(0, 40))}; GET /_sandbox/merchants lists them`,
    );
  }
  return merchant;
}
