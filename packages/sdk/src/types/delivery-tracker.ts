/** One parcel. */
export interface DeliveryDetail {
  trackingNumber: string;
  /** For example `UPS` or `FEDEX`. */
  carrierCode: string;
}

/** Request of `deliveryTrackers.create`: one of the two ids is needed. */
export interface DeliveryTrackerCreate {
  readonly chargePermissionId?: string | null;
  /** An order of the older API. */
  readonly amazonOrderReferenceId?: string | null;
  readonly deliveryDetails: readonly Readonly<DeliveryDetail>[];
}

/** Answer of `deliveryTrackers.create`. */
export interface DeliveryTracker {
  chargePermissionId?: string | null;
  amazonOrderReferenceId?: string | null;
  deliveryDetails: DeliveryDetail[];
}
