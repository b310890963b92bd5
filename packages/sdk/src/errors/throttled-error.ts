import { ApiError } from "./api-error.ts";

/** Too many requests, also after all retries. */
export class ThrottledError extends ApiError {
  override name = "ThrottledError";
  readonly code = "api.throttled";
}
