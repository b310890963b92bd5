import type { FieldTable } from "./field.ts";
import { list, object, required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";

/** Reference 3.17. */
export const createDeliveryTrackerFields = lazily((): FieldTable => ({
  chargePermissionId: text(),
  amazonOrderReferenceId: text(),
  deliveryDetails: required(list(object({ trackingNumber: required(text()), carrierCode: required(text()) }))),
}));
