/**
 * Codes of `x-amz-pay-simulation-code` by the operation that takes them. Those of Amazon's own sandbox stand first; the rest, from
 * `// kit` on, only this kit's sandbox knows, and it refuses them when it is strict.
 */
export const SIMULATION_CODES = {
  completeCheckoutSession: ["BuyerCanceled", "AmazonCanceled", "Declined", "AuthorizationInitiated"],
  createCharge: [
    "SoftDeclined",
    "HardDeclined",
    "AmazonRejected",
    "TransactionTimedOut",
    "CaptureInitiated",
    // kit
    "AuthorizationInitiated",
    "PendingAuthorized",
    "PendingSoftDeclined",
    "PendingHardDeclined",
    "PendingAmazonRejected",
    "PendingTransactionTimedOut",
    "PendingProcessingFailure",
    "ProcessingFailure",
    "MFANotCompleted",
    "PaymentMethodNotAllowed",
  ],
  captureCharge: [
    "CaptureInitiated",
    "AmazonRejected",
    // kit
    "CaptureDeclined",
  ],
  closeChargePermission: ["AmazonClosed"],
  createRefund: [
    // kit
    "AmazonRejected",
    "ProcessingFailure",
  ],
} as const;

/** A code of `x-amz-pay-simulation-code`: what a sandbox is to make of a call. */
export type SimulationCode = (typeof SIMULATION_CODES)[keyof typeof SIMULATION_CODES][number];
