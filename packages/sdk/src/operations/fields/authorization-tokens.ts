import type { FieldTable } from "./field.ts";
import { id, required } from "./kinds.ts";
import { lazily } from "./lazily.ts";

/** Query of `authorizationTokens.retrieve`. */
export const authorizationTokenQuery = lazily((): FieldTable => ({ merchantId: required(id) }));
