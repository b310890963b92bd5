import type { FieldTable } from "./field.ts";
import { id, required, url } from "./kinds.ts";
import { lazy } from "./lazy.ts";
import { buyerScopes } from "./shared.ts";

/** The payload of a sign-in button (docs/amazon-pay/checkout.md). */
export const signInFields = lazy((): FieldTable => ({
  signInReturnUrl: required(url),
  signInCancelUrl: url,
  storeId: required(id),
  signInScopes: buyerScopes(),
}));
