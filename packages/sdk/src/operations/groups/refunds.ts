import { createRefundFields } from "../fields/refunds.ts";
import { operation } from "../operation.ts";

export const createRefund = operation("createRefund", "POST", "/refunds", [201], {
  idempotency: "required",
  body: createRefundFields,
});

export const getRefund = operation("getRefund", "GET", "/refunds/{refundId}", [200]);
