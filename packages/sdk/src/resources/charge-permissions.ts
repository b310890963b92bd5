import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import {
  closeChargePermission,
  getChargePermission,
  updateChargePermission,
} from "../operations/groups/charge-permissions.ts";
import type { ChargePermission, ChargePermissionClose, ChargePermissionUpdate } from "../types/charge-permission.ts";
import type { ChargePermissionId } from "../types/ids.ts";

/** Charge permissions: a buyer's consent to be charged. */
export class ChargePermissions extends Resource {
  /**
   * Reads a permission: whether it can be charged, and how much is left. Buyer and addresses can be read for 30 days.
   *
   * @example
   * const { statusDetails, limits } = await client.chargePermissions.retrieve(id);
   * if (statusDetails.state === "Chargeable") await charge(limits?.amountBalance);
   * @throws NotFoundError
   */
  retrieve(chargePermissionId: ChargePermissionId, options?: RequestOptions): ApiPromise<ChargePermission> {
    return this.call(getChargePermission, options, { ids: [chargePermissionId] });
  }

  /**
   * Changes the merchant's notes or the subscription's rhythm, as long as the permission is not closed.
   *
   * @example await client.chargePermissions.update(id, { merchantMetadata: { merchantReferenceId: order.id } });
   * @throws StateError where it is closed
   */
  update(
    chargePermissionId: ChargePermissionId,
    body: ChargePermissionUpdate,
    options?: RequestOptions,
  ): ApiPromise<ChargePermission> {
    return this.call(updateChargePermission, options, { ids: [chargePermissionId], body });
  }

  /**
   * Closes a permission: no further charge is possible. Charges that are authorized stay, unless `cancelPendingCharges`.
   *
   * @example await client.chargePermissions.close(id, { closureReason: "Order fulfilled" });
   * @throws StateError where it is closed already
   */
  close(
    chargePermissionId: ChargePermissionId,
    body: ChargePermissionClose,
    options?: RequestOptions,
  ): ApiPromise<ChargePermission> {
    return this.call(closeChargePermission, options, { ids: [chargePermissionId], body });
  }
}
