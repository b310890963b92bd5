import { createRefundFields } from "../fields/refunds.ts";
import { operation, throttle } from "../operation.ts";

export const createRefund = operation("createRefund", "POST", "/refunds", [201], {
  idempotency: "required",
  body: createRefundFields,
  throttle: throttle(10, 4, 2, 1),
});

export const getRefund = operation("getRefund", "GET", "/refunds/{refundId}", [200], {
  throttle: throttle(20, 4, 5, 1),
});
