import type { ApiPromise } from "../client/api-promise.ts";
import type { RequestOptions } from "../client/options.ts";
import { createRefund, getRefund } from "../operations/groups/refunds.ts";
import type { Refund, RefundCreate } from "../types/refund.ts";
import { Resource } from "./resource.ts";

/** Refunds (reference 3.14, 3.15). */
export class Refunds extends Resource {
  /** Refunds a captured charge, wholly or in part. The answer is always `RefundInitiated`; the outcome comes later. */
  create(body: RefundCreate, options?: RequestOptions): ApiPromise<Refund> {
    return this.call(createRefund, { body, options });
  }

  /** Reads a refund. */
  retrieve(refundId: string, options?: RequestOptions): ApiPromise<Refund> {
    return this.call(getRefund, { params: { refundId }, options });
  }
}
