import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { createRefund, getRefund } from "../operations/groups/refunds.ts";
import type { Refund, RefundCreate } from "../types/refund.ts";
import type { RefundId } from "../types/ids.ts";

/** Refunds. */
export class Refunds extends Resource {
  /**
   * Refunds a captured charge, wholly or in part, in one or several refunds. The answer is always `RefundInitiated`; the outcome
   * comes later: read the refund, or wait for the notification.
   *
   * @example
   * const refund = await client.refunds.create(
   *   { chargeId, refundAmount: { amount: "5.00", currencyCode: "USD" } },
   *   { idempotencyKey: idempotencyKeyFrom(returnId, "refund") },
   * );
   * @throws StateError where the charge is not `Captured`; AmountError above the refundable amount; DeclinedError
   */
  create(body: RefundCreate, options?: RequestOptions): ApiPromise<Refund> {
    return this.call(createRefund, options, { body });
  }

  /**
   * Reads a refund: `Refunded`, or `Declined` and why.
   *
   * @example const { statusDetails } = await client.refunds.retrieve(refundId);
   * @throws NotFoundError
   */
  retrieve(refundId: RefundId, options?: RequestOptions): ApiPromise<Refund> {
    return this.call(getRefund, options, { ids: [refundId] });
  }
}
