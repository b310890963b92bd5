import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { inStoreCharge, inStoreRefund, merchantScan } from "../operations/groups/in-store.ts";
import type {
  InStoreCharge,
  InStoreChargeCreate,
  InStorePermission,
  InStoreRefund,
  InStoreRefundCreate,
  InStoreScan,
} from "../types/in-store.ts";

/** Purchases in a store. The reference ids take the part of idempotency keys: a repeat under the same id is safe. */
export class InStore extends Resource {
  /**
   * Turns the code on the buyer's device into a charge permission.
   *
   * @example
   * const { chargePermissionId } = await client.inStore.scan({
   *   scanData,
   *   scanReferenceId: receipt.id,
   *   merchantCOE: "US",
   *   ledgerCurrency: "USD",
   * });
   */
  scan(body: InStoreScan, options?: RequestOptions): ApiPromise<InStorePermission> {
    return this.call(merchantScan, options, { body });
  }

  /**
   * Charges the buyer.
   *
   * @example
   * const { chargeId, chargeStatus } = await client.inStore.charge({
   *   chargePermissionId,
   *   chargeReferenceId: receipt.id,
   *   chargeTotal: { amount: "14.00", currencyCode: "USD" },
   * });
   * @throws DeclinedError
   */
  charge(body: InStoreChargeCreate, options?: RequestOptions): ApiPromise<InStoreCharge> {
    return this.call(inStoreCharge, options, { body });
  }

  /**
   * Gives money back.
   *
   * @example
   * await client.inStore.refund({
   *   chargeId,
   *   refundReferenceId: "return-" + receipt.id,
   *   refundTotal: { amount: "14.00", currencyCode: "USD" },
   * });
   */
  refund(body: InStoreRefundCreate, options?: RequestOptions): ApiPromise<InStoreRefund> {
    return this.call(inStoreRefund, options, { body });
  }
}
