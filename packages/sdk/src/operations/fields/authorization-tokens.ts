import type { FieldTable } from "./field.ts";
import { required, text } from "./kinds.ts";

/** Query of reference 3.18. */
export const authorizationTokenQuery: FieldTable = { merchantId: required(text()) };
