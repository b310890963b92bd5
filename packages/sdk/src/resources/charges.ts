import type { ApiPromise } from "../client/api-promise.ts";
import type { RequestOptions } from "../client/options.ts";
import { cancelCharge, captureCharge, createCharge, getCharge, updateCharge } from "../operations/groups/charges.ts";
import type { Charge, ChargeCancel, ChargeCapture, ChargeCreate, ChargeUpdate } from "../types/charge.ts";
import { Resource } from "./resource.ts";

/** Charges: authorizations and captures of money (reference 3.9 to 3.13). */
export class Charges extends Resource {
  /**
   * Charges a permission. A decline is an error here; only a pending authorization is decided later.
   *
   * @example
   * const charge = await client.charges.create(
   *   { chargePermissionId, chargeAmount: { amount: "14.00", currencyCode: "USD" }, captureNow: true },
   *   { idempotencyKey: idempotencyKeyFrom(orderId, "charge") },
   * );
   * @throws DeclinedError, StateError, AmountError
   */
  create(body: ChargeCreate, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(createCharge, { body, options });
  }

  /** Reads a charge. */
  retrieve(chargeId: string, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(getCharge, { params: { chargeId }, options });
  }

  /** Sets a charge's state: payment service providers only. */
  update(chargeId: string, body: ChargeUpdate, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(updateCharge, { params: { chargeId }, body, options });
  }

  /**
   * Captures an authorized charge, once; what is not captured is released. Up to 7 days after the authorization the answer
   * is `Captured`, later it is `CaptureInitiated`.
   */
  capture(chargeId: string, body: ChargeCapture, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(captureCharge, { params: { chargeId }, body, options });
  }

  /** Cancels a charge that is not captured. */
  cancel(chargeId: string, body: ChargeCancel, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(cancelCharge, { params: { chargeId }, body, options });
  }
}
