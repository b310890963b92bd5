import { ApiError } from "./api-error.ts";

/** The service, or a gateway before it, failed, also after all retries. */
export class ServiceError extends ApiError {
  override name = "ServiceError";
  readonly code = "api.service";
}
