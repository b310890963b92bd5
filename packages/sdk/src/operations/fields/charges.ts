import type { FieldTable } from "./field.ts";
import { boolean, known, object, required, text, url } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { merchantMetadata, providerMetadata, softDescriptor, transactionPrice } from "./shared.ts";

/** Reference 3.9. */
export const createChargeFields = lazily((): FieldTable => ({
  chargePermissionId: required(text()),
  chargeAmount: required(transactionPrice()),
  captureNow: boolean,
  softDescriptor: softDescriptor(),
  canHandlePendingAuthorization: boolean,
  platformId: text(),
  providerMetadata: providerMetadata(),
  merchantMetadata: merchantMetadata(),
  chargeInitiator: known("CITU", "MITU", "CITR", "MITR"),
  channel: known("Web", "Phone", "App", "Alexa", "PointOfSale", "FireTv", "Offline", "Amazon"),
  webCheckoutDetails: object({ checkoutResultReturnUrl: url }),
}));

/** Reference 3.11. */
export const updateChargeFields = lazily((): FieldTable => ({
  statusDetails: required(object({ state: required(text()), reasonCode: text() })),
}));

/** Reference 3.12. */
export const captureChargeFields = lazily((): FieldTable => ({
  captureAmount: required(transactionPrice()),
  softDescriptor: softDescriptor(),
}));

/** Reference 3.13. */
export const cancelChargeFields = lazily((): FieldTable => ({ cancellationReason: required(text(255)) }));
