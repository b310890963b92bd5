import { inStoreChargeFields, inStoreRefundFields, merchantScanFields } from "../fields/in-store.ts";
import type { Operation } from "../operation.ts";

/** Reference 3.19. */
export const merchantScan: Operation = {
  name: "merchantScan",
  method: "POST",
  path: "/in-store/merchantScan",
  success: [200],
  idempotency: "none",
  body: merchantScanFields,
  reference: "scanReferenceId",
};

/** Reference 3.19. */
export const inStoreCharge: Operation = {
  name: "charge",
  method: "POST",
  path: "/in-store/charge",
  success: [200],
  idempotency: "none",
  body: inStoreChargeFields,
  reference: "chargeReferenceId",
};

/** Reference 3.19. */
export const inStoreRefund: Operation = {
  name: "refund",
  method: "POST",
  path: "/in-store/refund",
  success: [200],
  idempotency: "none",
  body: inStoreRefundFields,
  reference: "refundReferenceId",
};
