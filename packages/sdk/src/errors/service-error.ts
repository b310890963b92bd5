import { ApiError } from "./api-error.ts";

/** The service, or a gateway in front of it, failed even after all retries. */
export class ServiceError extends ApiError {
  override name = "ServiceError";
  readonly code = "api.service";
}
