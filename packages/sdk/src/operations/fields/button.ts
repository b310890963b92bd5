import type { FieldTable } from "./field.ts";
import { id, required, url } from "./kinds.ts";
import { lazily } from "./lazily.ts";
import { buyerScopes } from "./shared.ts";

/** The payload of a sign-in button (API v2 reference). */
export const signInFields = lazily((): FieldTable => ({
  signInReturnUrl: required(url),
  signInCancelUrl: url,
  storeId: required(id),
  signInScopes: buyerScopes(),
}));
