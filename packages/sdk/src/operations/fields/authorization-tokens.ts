import type { FieldTable } from "./field.ts";
import { required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";

/** Query of `authorizationTokens.retrieve`. */
export const authorizationTokenQuery = lazily((): FieldTable => ({ merchantId: required(text()) }));
