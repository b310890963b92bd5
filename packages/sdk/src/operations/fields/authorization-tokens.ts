import type { FieldTable } from "./field.ts";
import { id, required } from "./kinds.ts";
import { lazy } from "./lazy.ts";

/** Query of `authorizationTokens.retrieve`. */
export const authorizationTokenQuery = lazy((): FieldTable => ({ merchantId: required(id) }));
