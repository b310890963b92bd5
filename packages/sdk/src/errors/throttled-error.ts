import { ApiError } from "./api-error.ts";

/** Too many requests, even after all retries. */
export class ThrottledError extends ApiError {
  override name = "ThrottledError";
  readonly code = "api.throttled";
}
