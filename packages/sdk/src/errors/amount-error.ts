import { ApiError } from "./api-error.ts";

/** The amount or currency is not acceptable: more than is left, or not the session's. */
export class AmountError extends ApiError {
  override name = "AmountError";
  readonly code = "api.amount";
}
