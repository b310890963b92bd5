/** Reason codes of the service (docs/amazon-pay/errors.md), by the situation that they belong to. */
export const REASON_CODES = {
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
} as const;

/** A known reason code. */
export type ReasonCode = (typeof REASON_CODES)[keyof typeof REASON_CODES][number];
