import type { FieldTable } from "./field.ts";
import { id, required } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { positivePrice, softDescriptor } from "./shared.ts";

export const createRefundFields = lazy((): FieldTable => ({
  chargeId: required(id),
  refundAmount: required(positivePrice()),
  softDescriptor: softDescriptor(),
}));
