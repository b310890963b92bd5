import type { ApiErrorCode } from "./api-error.ts";

/** Reason codes of the service (docs/amazon-pay/errors.md), by the situation that they belong to. */
export const REASONS = {
  "api.invalid-request": [
    "InvalidHeaderValue",
    "InvalidRequest",
    "InvalidParameterValue",
    "InvalidParameterCombination",
    "InvalidRequestFormat",
    "MissingHeader",
    "MissingHeaderValue",
    "MissingParameterValue",
    "UnrecognizedField",
    "InvalidSandboxSimulationSpecified",
    "InvalidAPIVersion",
    "UnsupportedOperation",
    "RequestNotSupported",
    "TLSVersionNotSupported",
  ],
  "api.idempotency": ["DuplicateIdempotencyKey"],
  "api.amount": ["CurrencyMismatch", "AmountMismatch", "TransactionAmountExceeded", "PeriodicAmountExceeded"],
  "api.authentication": [
    "UnauthorizedAccess",
    "InvalidAuthentication",
    "InvalidAccountStatus",
    "InvalidAuthorizationToken",
  ],
  "api.signature": ["InvalidRequestSignature"],
  "api.not-found": ["ResourceNotFound"],
  "api.state": [
    "ChargePermissionNotModifiable",
    "InvalidCheckoutSessionStatus",
    "CheckoutSessionCanceled",
    "InvalidChargePermissionStatus",
    "InvalidChargeStatus",
    "TransactionCountExceeded",
  ],
  "api.declined": [
    "AmazonRejected",
    "HardDeclined",
    "SoftDeclined",
    "MFANotCompleted",
    "PaymentMethodNotAllowed",
    "TransactionTimedOut",
    "ProcessingFailure",
  ],
  "api.throttled": ["TooManyRequests", "RequestThrottled"],
  "api.service": ["RequestTimeout", "InternalServerError", "ServiceUnavailable"],
} as const satisfies Partial<Record<ApiErrorCode, readonly string[]>>;

/** A known reason code. */
export type ReasonCode = (typeof REASONS)[keyof typeof REASONS][number];

/** The situation of a status and reason code; for a code that is not known the status decides. */
export function situationOf(status: number, reasonCode: string | null): ApiErrorCode {
  for (const [situation, codes] of Object.entries(REASONS) as [ApiErrorCode, readonly string[]][]) {
    if (codes.includes(reasonCode ?? "")) return situation;
  }
  if (status === 429) return "api.throttled";
  if (status === 401 || status === 403) return "api.authentication";
  if (status === 404) return "api.not-found";
  if (status === 408 || status === 425 || status >= 500) return "api.service";
  if (status === 422 || status === 409) return "api.state";
  if (status >= 300 && status < 400) return "api.redirect";
  return status >= 400 ? "api.invalid-request" : "api.other";
}
