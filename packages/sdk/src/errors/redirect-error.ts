import { ApiError } from "./api-error.ts";

/** The response is an unexpected redirect. Redirects are never followed: a signed request goes to one host only. */
export class RedirectError extends ApiError {
  override name = "RedirectError";
  readonly code = "api.redirect";
}
