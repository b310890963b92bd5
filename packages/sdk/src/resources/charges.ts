import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { cancelCharge, captureCharge, createCharge, getCharge, updateCharge } from "../operations/groups/charges.ts";
import type { Charge, ChargeCancel, ChargeCapture, ChargeCreate, ChargeUpdate } from "../types/charge.ts";
import type { ChargeId } from "../types/ids.ts";

/** Charges: authorizations and captures of money. */
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
    return this.call(createCharge, options, { body });
  }

  /**
   * Reads a charge: its state, and what was captured and refunded of it.
   *
   * @example const { statusDetails, refundedAmount } = await client.charges.retrieve(chargeId);
   * @throws NotFoundError
   */
  retrieve(chargeId: ChargeId, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(getCharge, options, { ids: [chargeId] });
  }

  /**
   * Sets a charge's state: payment service providers only, for payment methods of their own.
   *
   * @example await client.charges.update(chargeId, { statusDetails: { state: "Canceled", reasonCode: "ExpiredUnused" } });
   */
  update(chargeId: ChargeId, body: ChargeUpdate, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(updateCharge, options, { ids: [chargeId], body });
  }

  /**
   * Captures an authorized charge, once; what is not captured is released. Up to 7 days after the authorization the answer
   * is `Captured`, later it is `CaptureInitiated`. After 30 days an authorization is gone.
   *
   * @example
   * await client.charges.capture(chargeId, { captureAmount: { amount: "14.00", currencyCode: "USD" } });
   * @throws StateError where the charge is not `Authorized`; AmountError above what was authorized; DeclinedError
   */
  capture(chargeId: ChargeId, body: ChargeCapture, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(captureCharge, options, { ids: [chargeId], body });
  }

  /**
   * Cancels a charge that is not captured.
   *
   * @example await client.charges.cancel(chargeId, { cancellationReason: "Out of stock" });
   * @throws StateError where it is captured, cancelled or declined already
   */
  cancel(chargeId: ChargeId, body: ChargeCancel, options?: RequestOptions): ApiPromise<Charge> {
    return this.call(cancelCharge, options, { ids: [chargeId], body });
  }
}
