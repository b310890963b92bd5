import type { FieldTable } from "./field.ts";
import { boolean, known, object, required, text, url } from "./kinds.ts";
import { merchantMetadata, providerMetadata, softDescriptor, transactionPrice } from "./shared.ts";

/** Reference 3.9. */
export const createChargeFields: FieldTable = {
  chargePermissionId: required(text()),
  chargeAmount: required(transactionPrice),
  captureNow: boolean,
  softDescriptor,
  canHandlePendingAuthorization: boolean,
  platformId: text(),
  providerMetadata,
  merchantMetadata,
  chargeInitiator: known("CITU", "MITU", "CITR", "MITR"),
  channel: known("Web", "Phone", "App", "Alexa", "PointOfSale", "FireTv", "Offline", "Amazon"),
  webCheckoutDetails: object({ checkoutResultReturnUrl: url }),
};

/** Reference 3.11. */
export const updateChargeFields: FieldTable = {
  statusDetails: required(object({ state: required(text()), reasonCode: text() })),
};

/** Reference 3.12. */
export const captureChargeFields: FieldTable = { captureAmount: required(transactionPrice), softDescriptor };

/** Reference 3.13. */
export const cancelChargeFields: FieldTable = { cancellationReason: required(text(255)) };
