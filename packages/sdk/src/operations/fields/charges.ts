import type { FieldTable } from "./field.ts";
import { boolean, id, known, object, oneOf, required, text, url } from "./kinds.ts";
import { CHARGE_REASONS, CHARGE_STATES } from "../states.ts";
import { lazy } from "./lazy.ts";
import { merchantMetadata, positivePrice, providerMetadata, softDescriptor } from "./shared.ts";

export const createChargeFields = lazy((): FieldTable => ({
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

export const updateChargeFields = lazy((): FieldTable => ({
  statusDetails: required(object({ state: required(oneOf(CHARGE_STATES)), reasonCode: oneOf(CHARGE_REASONS) })),
}));

export const captureChargeFields = lazy((): FieldTable => ({
  captureAmount: required(positivePrice()),
  softDescriptor: softDescriptor(),
}));

export const cancelChargeFields = lazy((): FieldTable => ({ cancellationReason: required(text(255)) }));
