import { type ApiPromise, Resource } from "../client/requester.ts";
import type { RequestOptions } from "../client/options.ts";
import { createDeliveryTracker } from "../operations/groups/delivery-trackers.ts";
import type { DeliveryTracker, DeliveryTrackerCreate } from "../types/delivery-tracker.ts";

/** Delivery notices through Alexa. */
export class DeliveryTrackers extends Resource {
  /**
   * Tells about a parcel. A tracking number can be used once only. The service knows no auth token here.
   *
   * @example
   * await client.deliveryTrackers.create({
   *   chargePermissionId,
   *   deliveryDetails: [{ trackingNumber: "1Z999AA10123456784", carrierCode: "UPS" }],
   * });
   */
  create(body: DeliveryTrackerCreate, options?: Omit<RequestOptions, "authToken">): ApiPromise<DeliveryTracker> {
    return this.call(createDeliveryTracker, options, { body });
  }
}
