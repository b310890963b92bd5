import { createRefundFields } from "../fields/refunds.ts";
import { throttle, type Operation } from "../operation.ts";

export const createRefund = {
  name: "createRefund",
  method: "POST",
  path: "/refunds",
  success: [201],
  idempotency: "required",
  body: createRefundFields,
  throttle: throttle(10, 4, 2, 1),
} as const satisfies Operation;

export const getRefund = {
  name: "getRefund",
  method: "GET",
  path: "/refunds/{refundId}",
  success: [200],
  idempotency: "none",
  throttle: throttle(20, 4, 5, 1),
} as const satisfies Operation;
