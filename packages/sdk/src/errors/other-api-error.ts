import { ApiError } from "./api-error.ts";

/** An answer that belongs to no known situation. */
export class OtherApiError extends ApiError {
  override name = "OtherApiError";
  readonly code = "api.other";
}
