import type { FieldTable } from "./field.ts";
import { boolean, required, text } from "./kinds.ts";
import { merchantMetadata, recurringMetadata } from "./shared.ts";

/** Reference 3.7. */
export const updateChargePermissionFields: FieldTable = { merchantMetadata, recurringMetadata };

/** Reference 3.8. */
export const closeChargePermissionFields: FieldTable = {
  closureReason: required(text(255)),
  cancelPendingCharges: boolean,
};
