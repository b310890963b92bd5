import { DomainError } from "../engine/domain-error.ts";
import { SandboxError } from "../errors.ts";
import { REASON_STATUS, type ReasonCode } from "./reason-codes.ts";

/**
 * An error that is answered to the merchant as the service does: `{ reasonCode, message }` with the code's status.
 *
 * @example throw new ServiceError("ResourceNotFound", "The requested resource was not found.");
 */
export class ServiceError extends SandboxError {
  override name = "ServiceError";
  readonly code = "service.refused";
  readonly reasonCode: ReasonCode;
  readonly status: number;

  constructor(reasonCode: ReasonCode, message: string) {
    super(message);
    this.reasonCode = reasonCode;
    this.status = REASON_STATUS[reasonCode];
  }
}

/** The answer of the service to an error: its own, or one of the engine's rules under the reason code of the same name. */
export function serviceErrorOf(error: unknown): ServiceError | undefined {
  if (error instanceof ServiceError) return error;
  return error instanceof DomainError ? new ServiceError(error.reason, error.message) : undefined;
}
