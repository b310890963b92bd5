import type { FieldKind, FieldTable } from "./field.ts";
import { id, object, price, required, text } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { countryCode, ledgerCurrency, positivePrice, softDescriptor } from "./shared.ts";

const metadata = lazy((): FieldKind =>
  object({
    merchantNote: text(255),
    customInformation: text(4096),
    communicationContext: object({ merchantStoreName: text(50), merchantOrderId: text(256) }),
  }),
);

/** The reference id plays the part of an idempotency key. */
export const merchantScanFields = lazy((): FieldTable => ({
  scanData: required(text()),
  scanReferenceId: required(text()),
  merchantCOE: required(countryCode()),
  ledgerCurrency: required(ledgerCurrency()),
  chargeTotal: price,
  storeLocation: object({ countryCode: countryCode() }),
  metadata: metadata(),
}));

export const inStoreChargeFields = lazy((): FieldTable => ({
  chargePermissionId: required(id),
  chargeReferenceId: required(text()),
  chargeTotal: required(positivePrice()),
  softDescriptor: softDescriptor(),
  metadata: metadata(),
}));

export const inStoreRefundFields = lazy((): FieldTable => ({
  chargeId: required(id),
  refundReferenceId: required(text()),
  refundTotal: required(positivePrice()),
  softDescriptor: softDescriptor(),
  metadata: metadata(),
}));
