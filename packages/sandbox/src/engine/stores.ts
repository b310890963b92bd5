import type { Engine } from "./engine.ts";
import type { Merchant } from "./objects/index.ts";

/** A further store of a merchant, as Create Store makes them. */
export interface Store {
  readonly storeId: string;
  readonly merchantId: string;
  details: Readonly<Record<string, unknown>>;
}

/** Every store that was made, by id. */
export const storesOf = (engine: Engine) => engine.state.extra<Store>("stores");

/** Whether a store belongs to a merchant: its first one, or one that was made for it. */
export function hasStore(engine: Engine, merchant: Merchant, storeId: string): boolean {
  return merchant.storeId === storeId || storesOf(engine).get(storeId)?.merchantId === merchant.merchantId;
}
