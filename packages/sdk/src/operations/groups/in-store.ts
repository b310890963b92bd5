import { inStoreChargeFields, inStoreRefundFields, merchantScanFields } from "../fields/in-store.ts";
import { operation } from "../operation.ts";

export const merchantScan = operation("merchantScan", "POST", "/in-store/merchantScan", [200], {
  body: merchantScanFields,
  reference: "scanReferenceId",
});

export const inStoreCharge = operation("charge", "POST", "/in-store/charge", [200], {
  body: inStoreChargeFields,
  reference: "chargeReferenceId",
});

export const inStoreRefund = operation("refund", "POST", "/in-store/refund", [200], {
  body: inStoreRefundFields,
  reference: "refundReferenceId",
});
