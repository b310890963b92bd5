import { inStoreChargeFields, inStoreRefundFields, merchantScanFields } from "../fields/in-store.ts";
import type { Operation } from "../operation.ts";

export const merchantScan = {
  name: "merchantScan",
  method: "POST",
  path: "/in-store/merchantScan",
  success: [200],
  idempotency: "none",
  body: merchantScanFields,
  reference: "scanReferenceId",
} as const satisfies Operation;

export const inStoreCharge = {
  name: "charge",
  method: "POST",
  path: "/in-store/charge",
  success: [200],
  idempotency: "none",
  body: inStoreChargeFields,
  reference: "chargeReferenceId",
} as const satisfies Operation;

export const inStoreRefund = {
  name: "refund",
  method: "POST",
  path: "/in-store/refund",
  success: [200],
  idempotency: "none",
  body: inStoreRefundFields,
  reference: "refundReferenceId",
} as const satisfies Operation;
