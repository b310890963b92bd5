import type { FieldTable } from "./field.ts";
import { id, required } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { positivePrice, softDescriptor } from "./shared.ts";

export const createRefundFields = lazily((): FieldTable => ({
  chargeId: required(id),
  refundAmount: required(positivePrice()),
  softDescriptor: softDescriptor(),
}));
