import { SandboxError } from "../errors.ts";

/** Why the rules of payment objects refuse something. The API and the control plane give each its HTTP status. */
export type DomainReason =
  | "AmazonRejected"
  | "AmountMismatch"
  | "ChargePermissionNotModifiable"
  | "CheckoutSessionCanceled"
  | "CurrencyMismatch"
  | "HardDeclined"
  | "InvalidChargePermissionStatus"
  | "InvalidChargeStatus"
  | "InvalidCheckoutSessionStatus"
  | "InvalidParameterCombination"
  | "InvalidParameterValue"
  | "InvalidRequest"
  | "MFANotCompleted"
  | "MissingParameterValue"
  | "PaymentMethodNotAllowed"
  | "PeriodicAmountExceeded"
  | "ProcessingFailure"
  | "SoftDeclined"
  | "TransactionAmountExceeded"
  | "TransactionCountExceeded"
  | "TransactionTimedOut";

/**
 * A change of a payment object that its rules do not allow. Nothing has been changed.
 *
 * @example throw new DomainError("TransactionAmountExceeded", "You tried to capture more than was authorized.");
 */
export class DomainError extends SandboxError {
  override name = "DomainError";
  readonly code = "engine.refused";
  readonly reason: DomainReason;

  constructor(reason: DomainReason, message: string) {
    super(message);
    this.reason = reason;
  }
}
