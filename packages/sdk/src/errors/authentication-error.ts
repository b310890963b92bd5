import { ApiError } from "./api-error.ts";

/** The key, the account or the auth token may not do this. */
export class AuthenticationError extends ApiError {
  override name = "AuthenticationError";
  readonly code = "api.authentication";
}
