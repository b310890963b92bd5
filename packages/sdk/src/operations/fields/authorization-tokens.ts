import type { FieldTable } from "./field.ts";
import { required, text } from "./kinds.ts";
import { lazily } from "./lazily.ts";

/** Query of reference 3.18. */
export const authorizationTokenQuery = lazily((): FieldTable => ({ merchantId: required(text()) }));
