import type { FieldTable } from "./field.ts";
import { boolean, id, known, object, oneOf, required, text, url } from "./kinds.ts";
import { CHARGE_REASONS, CHARGE_STATES } from "../states.ts";
import { lazily } from "./lazily.ts";
import { merchantMetadata, positivePrice, providerMetadata, softDescriptor } from "./shared.ts";

export const createChargeFields = lazily((): FieldTable => ({
  chargePermissionId: required(id),
  chargeAmount: required(positivePrice()),
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

export const updateChargeFields = lazily((): FieldTable => ({
  statusDetails: required(object({ state: required(oneOf(CHARGE_STATES)), reasonCode: oneOf(CHARGE_REASONS) })),
}));

export const captureChargeFields = lazily((): FieldTable => ({
  captureAmount: required(positivePrice()),
  softDescriptor: softDescriptor(),
}));

export const cancelChargeFields = lazily((): FieldTable => ({ cancellationReason: required(text(255)) }));
