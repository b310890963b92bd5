import type { FieldTable } from "./field.ts";
import { id, list, object, required, text } from "./kinds.ts";
import { lazy } from "./lazy.ts";

export const createDeliveryTrackerFields = lazy((): FieldTable => ({
  chargePermissionId: id,
  amazonOrderReferenceId: id,
  deliveryDetails: required(list(object({ trackingNumber: required(text()), carrierCode: required(text()) }))),
}));
