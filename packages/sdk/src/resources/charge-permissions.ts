import type { ApiPromise } from "../client/api-promise.ts";
import type { RequestOptions } from "../client/options.ts";
import {
  closeChargePermission,
  getChargePermission,
  updateChargePermission,
} from "../operations/groups/charge-permissions.ts";
import type { ChargePermission, ChargePermissionClose, ChargePermissionUpdate } from "../types/charge-permission.ts";
import { Resource } from "./resource.ts";

/** Charge permissions: a buyer's consent to be charged (reference 3.6 to 3.8). */
export class ChargePermissions extends Resource {
  /** Reads a permission. Buyer and addresses can be read for 30 days. */
  retrieve(chargePermissionId: string, options?: RequestOptions): ApiPromise<ChargePermission> {
    return this.call(getChargePermission, { params: { chargePermissionId }, options });
  }

  /** Changes the merchant's notes or the subscription's rhythm. */
  update(
    chargePermissionId: string,
    body: ChargePermissionUpdate,
    options?: RequestOptions,
  ): ApiPromise<ChargePermission> {
    return this.call(updateChargePermission, { params: { chargePermissionId }, body, options });
  }

  /**
   * Closes a permission: no further charge is possible.
   *
   * @example await client.chargePermissions.close(id, { closureReason: "Order fulfilled" });
   */
  close(
    chargePermissionId: string,
    body: ChargePermissionClose,
    options?: RequestOptions,
  ): ApiPromise<ChargePermission> {
    return this.call(closeChargePermission, { params: { chargePermissionId }, body, options });
  }
}
