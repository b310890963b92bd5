import type { FieldTable } from "./field.ts";
import { object, price, required, text } from "./kinds.ts";
import { countryCode, currencyCode, softDescriptor, transactionPrice } from "./shared.ts";

const metadata = object({
  merchantNote: text(255),
  customInformation: text(4096),
  communicationContext: object({ merchantStoreName: text(50), merchantOrderId: text(256) }),
});

/** Reference 3.19. The reference id plays the part of an idempotency key. */
export const merchantScanFields: FieldTable = {
  scanData: required(text()),
  scanReferenceId: required(text()),
  merchantCOE: required(countryCode),
  ledgerCurrency: required(currencyCode),
  chargeTotal: price,
  storeLocation: object({ countryCode }),
  metadata,
};

/** Reference 3.19. */
export const inStoreChargeFields: FieldTable = {
  chargePermissionId: required(text()),
  chargeReferenceId: required(text()),
  chargeTotal: required(transactionPrice),
  softDescriptor,
  metadata,
};

/** Reference 3.19. */
export const inStoreRefundFields: FieldTable = {
  chargeId: required(text()),
  refundReferenceId: required(text()),
  refundTotal: required(transactionPrice),
  softDescriptor,
  metadata,
};
