import { ApiError } from "./api-error.ts";

/** The service does not understand the request, or refuses a value in it. Repeating it does not help. */
export class InvalidRequestError extends ApiError {
  override name = "InvalidRequestError";
  readonly code = "api.invalid-request";
}
