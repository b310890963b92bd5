import type { FieldTable } from "./field.ts";
import { id, list, object, required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";

export const createDeliveryTrackerFields = lazily((): FieldTable => ({
  chargePermissionId: id,
  amazonOrderReferenceId: id,
  deliveryDetails: required(list(object({ trackingNumber: required(text()), carrierCode: required(text()) }))),
}));
