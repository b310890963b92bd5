import { ApiError } from "./api-error.ts";

/** There is no such object for this merchant and environment, or no longer. */
export class NotFoundError extends ApiError {
  override name = "NotFoundError";
  readonly code = "api.not-found";
}
