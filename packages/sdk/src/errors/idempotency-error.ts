import { ApiError } from "./api-error.ts";

/** The idempotency key was used before with another request: use a new key for a new request. */
export class IdempotencyError extends ApiError {
  override name = "IdempotencyError";
  readonly code = "api.idempotency";
}
