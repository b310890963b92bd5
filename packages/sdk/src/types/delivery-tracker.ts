import type { ChargePermissionId } from "./ids.ts";
/** One parcel. */
export interface DeliveryDetail {
  /** Can be used once only. */
  trackingNumber: string;
  /** For example `UPS` or `FEDEX`. */
  carrierCode: string;
}

/** Request of `deliveryTrackers.create`: one of the two ids is needed. */
export interface DeliveryTrackerCreate {
  /** Order that is shipped. */
  readonly chargePermissionId?: ChargePermissionId | null;
  /** An order of the older API. */
  readonly amazonOrderReferenceId?: string | null;
  /** One entry a parcel. */
  readonly deliveryDetails: readonly Readonly<DeliveryDetail>[];
}

/** Answer of `deliveryTrackers.create`. */
export interface DeliveryTracker {
  /** As it was sent. */
  chargePermissionId?: ChargePermissionId | null;
  /** As it was sent. */
  amazonOrderReferenceId?: string | null;
  /** As they were sent. */
  deliveryDetails: DeliveryDetail[];
}
