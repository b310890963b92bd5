import { ApiError } from "./api-error.ts";

/** The key, account or auth token is not allowed to do this. */
export class AuthenticationError extends ApiError {
  override name = "AuthenticationError";
  readonly code = "api.authentication";
}
