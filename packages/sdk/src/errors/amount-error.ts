import { ApiError } from "./api-error.ts";

/** The amount or its currency does not fit: more than is left, or not what the session says. */
export class AmountError extends ApiError {
  override name = "AmountError";
  readonly code = "api.amount";
}
