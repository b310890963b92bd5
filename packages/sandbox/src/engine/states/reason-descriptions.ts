/** Texts beside reason codes. `ChargeInProgress` is the service's own wording, the others are ours. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  AmazonCanceled: "Amazon canceled it.",
  AmazonClosed: "Amazon closed it because the charge was completed.",
  AmazonRejected: "Amazon rejected the transaction.",
  BillingAddressDeleted: "The buyer deleted the billing address.",
  BuyerCanceled: "The buyer canceled it.",
  ChargeInProgress:
    "A charge is already in progress. You cannot initiate a new charge unless previous charge is canceled.",
  ChargePermissionCanceled: "The charge permission was canceled.",
  Declined: "The payment was declined.",
  Expired: "It was not completed within its time.",
  ExpiredUnused: "The charge was authorized for 30 days and was not captured.",
  HardDeclined: "The payment method was declined. The buyer has to choose another one.",
  MerchantCanceled: "The merchant canceled it.",
  MFAFailed: "The buyer did not confirm the amount.",
  PaymentMethodDeleted: "The buyer deleted the payment method.",
  PaymentMethodExpired: "The payment method has expired.",
  PaymentMethodInvalid: "The payment method was declined. The buyer has to choose another one.",
  PaymentMethodNotAllowed: "The payment method is not allowed for this charge.",
  PaymentMethodNotSet: "There is no payment method.",
  ProcessingFailure: "Amazon could not process the transaction because of an internal error.",
  SoftDeclined: "The payment method was declined. Another attempt may succeed.",
  TransactionTimedOut: "There was not enough time to decide on the transaction.",
};

/** The text of a reason code; null for none. */
export function describeReason(reasonCode: string | null): string | null {
  return reasonCode === null ? null : (DESCRIPTIONS[reasonCode] ?? null);
}
