import type { FieldTable } from "./field.ts";
import { boolean, required, text } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { merchantMetadata, recurringMetadata } from "./shared.ts";

export const updateChargePermissionFields = lazy((): FieldTable => ({
  merchantMetadata: merchantMetadata(),
  recurringMetadata: recurringMetadata(),
}));

export const closeChargePermissionFields = lazy((): FieldTable => ({
  closureReason: required(text(255)),
  cancelPendingCharges: boolean,
}));
