import type { ApiErrorCode } from "./api-error.ts";

/** Reason codes of the service (reference 6.2) and the situation that each belongs to. */
export const REASONS = {
  InvalidHeaderValue: "api.invalid-request",
  InvalidRequest: "api.invalid-request",
  InvalidParameterValue: "api.invalid-request",
  InvalidParameterCombination: "api.invalid-request",
  InvalidRequestFormat: "api.invalid-request",
  MissingHeader: "api.invalid-request",
  MissingHeaderValue: "api.invalid-request",
  MissingParameterValue: "api.invalid-request",
  UnrecognizedField: "api.invalid-request",
  InvalidSandboxSimulationSpecified: "api.invalid-request",
  InvalidAPIVersion: "api.invalid-request",
  UnsupportedOperation: "api.invalid-request",
  RequestNotSupported: "api.invalid-request",
  TLSVersionNotSupported: "api.invalid-request",
  DuplicateIdempotencyKey: "api.idempotency",
  CurrencyMismatch: "api.amount",
  AmountMismatch: "api.amount",
  TransactionAmountExceeded: "api.amount",
  PeriodicAmountExceeded: "api.amount",
  UnauthorizedAccess: "api.authentication",
  InvalidAuthentication: "api.authentication",
  InvalidAccountStatus: "api.authentication",
  InvalidAuthorizationToken: "api.authentication",
  InvalidRequestSignature: "api.signature",
  ResourceNotFound: "api.not-found",
  ChargePermissionNotModifiable: "api.state",
  InvalidCheckoutSessionStatus: "api.state",
  CheckoutSessionCanceled: "api.state",
  InvalidChargePermissionStatus: "api.state",
  InvalidChargeStatus: "api.state",
  TransactionCountExceeded: "api.state",
  AmazonRejected: "api.declined",
  HardDeclined: "api.declined",
  SoftDeclined: "api.declined",
  MFANotCompleted: "api.declined",
  PaymentMethodNotAllowed: "api.declined",
  TransactionTimedOut: "api.declined",
  ProcessingFailure: "api.declined",
  TooManyRequests: "api.throttled",
  RequestThrottled: "api.throttled",
  RequestTimeout: "api.service",
  InternalServerError: "api.service",
  ServiceUnavailable: "api.service",
} as const satisfies Record<string, ApiErrorCode>;

/** A known reason code. */
export type ReasonCode = keyof typeof REASONS;

/** The situation of a status and reason code; for a code that is not known the status decides. */
export function situationOf(status: number, reasonCode: string | null): ApiErrorCode {
  if (reasonCode !== null && Object.hasOwn(REASONS, reasonCode)) return REASONS[reasonCode as ReasonCode];
  if (status === 429) return "api.throttled";
  if (status === 401 || status === 403) return "api.authentication";
  if (status === 404) return "api.not-found";
  if (status === 408 || status === 425 || status >= 500) return "api.service";
  if (status === 422 || status === 409) return "api.state";
  if (status >= 300 && status < 400) return "api.redirect";
  return status >= 400 ? "api.invalid-request" : "api.other";
}
