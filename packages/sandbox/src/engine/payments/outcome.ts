/** How an attempt to charge a buyer ends. */
export type ChargeOutcome =
  /** At once, with success. */
  | { readonly kind: "approved" }
  /** At once, with an error answer. */
  | { readonly kind: "declined"; readonly reasonCode: DeclineReason }
  /** Later: `AuthorizationInitiated` first; null is success. */
  | { readonly kind: "pending"; readonly reasonCode: PendingDeclineReason | null }
  /** Authorized at once, captured later: `CaptureInitiated` first; null is success. */
  | { readonly kind: "capture-pending"; readonly reasonCode: PendingDeclineReason | null };

/** Reasons of an error answer to Create Charge and Capture Charge (docs/amazon-pay/operations.md). */
export type DeclineReason =
  | "SoftDeclined"
  | "HardDeclined"
  | "AmazonRejected"
  | "TransactionTimedOut"
  | "ProcessingFailure"
  | "MFANotCompleted"
  | "PaymentMethodNotAllowed";

/** Reasons with which a charge can become `Declined` later (docs/amazon-pay/states.md). */
export type PendingDeclineReason =
  | "SoftDeclined"
  | "HardDeclined"
  | "AmazonRejected"
  | "ProcessingFailure"
  | "TransactionTimedOut";

/** Success at once. */
export const APPROVED: ChargeOutcome = { kind: "approved" };
