import type { FieldTable } from "./field.ts";
import { required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { softDescriptor, transactionPrice } from "./shared.ts";

/** Reference 3.14. */
export const createRefundFields = lazily((): FieldTable => ({
  chargeId: required(text()),
  refundAmount: required(transactionPrice()),
  softDescriptor: softDescriptor(),
}));
