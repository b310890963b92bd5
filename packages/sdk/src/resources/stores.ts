import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { createStore, updateStore } from "../operations/groups/merchant-accounts.ts";
import type { Store, StoreCreate, StoreUpdate } from "../types/merchant-account.ts";
import type { MerchantAccountId, StoreId } from "../types/ids.ts";

/** Stores of merchant accounts: solution providers on Amazon's list. All calls need `authToken`. */
export class Stores extends Resource {
  /**
   * Adds a store to an account.
   *
   * @example
   * await client.stores.create(
   *   merchantAccountId,
   *   { storeName: "Example", allowedOriginDomains: ["https://shop.example"] },
   *   { authToken },
   * );
   */
  create(merchantAccountId: MerchantAccountId, body: StoreCreate, options?: RequestOptions): ApiPromise<Store> {
    return this.call(createStore, options, { ids: [merchantAccountId], body });
  }

  /** Changes a store. */
  update(
    merchantAccountId: MerchantAccountId,
    storeId: StoreId,
    body: StoreUpdate,
    options?: RequestOptions,
  ): ApiPromise<Store> {
    return this.call(updateStore, options, { ids: [merchantAccountId, storeId], body });
  }
}
