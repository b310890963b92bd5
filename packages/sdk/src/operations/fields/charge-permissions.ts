import type { FieldTable } from "./field.ts";
import { boolean, required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { merchantMetadata, recurringMetadata } from "./shared.ts";

export const updateChargePermissionFields = lazily((): FieldTable => ({
  merchantMetadata: merchantMetadata(),
  recurringMetadata: recurringMetadata(),
}));

export const closeChargePermissionFields = lazily((): FieldTable => ({
  closureReason: required(text(255)),
  cancelPendingCharges: boolean,
}));
