import type { ReasonCode } from "@amazon-pay-kit/sdk/operations";

/** What a reason code of the service means, and what to do about it. */
export interface Remedy {
  readonly means: string;
  readonly remedy: string;
}

/**
 * Every reason code of the service in plain words. No part of the client, which is small: docs/troubleshooting.md is made of it, and the help for
 * coding assistants.
 */
export const REMEDIES: Readonly<Record<ReasonCode, Remedy>> = {
  InvalidHeaderValue: {
    means:
      "A header has a value that cannot be used; often an idempotency key over 32 characters, such as a UUID with its dashes.",
    remedy: "Use idempotencyKeyFrom, or a key of at most 32 letters, digits, - and _. The message names the header.",
  },
  InvalidRequest: {
    means: "The request as a whole makes no sense to the service.",
    remedy: "Compare path and body with the operation's page; a key without prefix also needs environment.",
  },
  InvalidParameterValue: {
    means: "A member has a value that is not allowed.",
    remedy: "The message names the member, and in the sandbox the values that are allowed.",
  },
  InvalidParameterCombination: {
    means: "Two members exclude each other: canHandlePendingAuthorization with an immediate capture is the usual pair.",
    remedy: "Leave one of them out; Authorize first and capture later where payments may be pending.",
  },
  InvalidRequestFormat: {
    means: "The body is not JSON.",
    remedy: "Send what JSON.stringify made, and sign the same bytes.",
  },
  MissingHeader: {
    means: "A header is missing; on POST calls usually x-amz-pay-idempotency-key.",
    remedy: "Let the client add it, or send one key for each payment that is meant.",
  },
  MissingHeaderValue: { means: "A header is there and empty.", remedy: "Fill it, or leave the header out." },
  MissingParameterValue: {
    means: "A required member is missing.",
    remedy: "The message names it with its path.",
  },
  UnrecognizedField: {
    means: "The body has a member that this operation does not know, often a misspelt one or one of another operation.",
    remedy: 'Correct it; the client option unknownFields: "refuse" finds it before the call.',
  },
  InvalidSandboxSimulationSpecified: {
    means: "The simulation code does not fit the operation or the request.",
    remedy: "See the codes of each operation in test cards and codes; live environments take none.",
  },
  InvalidAPIVersion: { means: "The path has no supported version.", remedy: "Call paths below /v2." },
  UnsupportedOperation: { means: "No operation has this method and path.", remedy: "Compare both with the reference." },
  RequestNotSupported: {
    means: "The operation is not available here: to this merchant, region or environment.",
    remedy: "Ask Amazon whether your account may use it; disputes, in-store and account management need a permission.",
  },
  TLSVersionNotSupported: {
    means: "The connection uses TLS before 1.2.",
    remedy: "Update the runtime or its TLS library.",
  },
  DuplicateIdempotencyKey: {
    means:
      "The idempotency key was used before with another request. Keys are remembered for ever, for the whole account.",
    remedy: "Put whatever makes this payment different into the key: the return's id, the month, the attempt.",
  },
  CurrencyMismatch: {
    means: "The currency is not that of the session, permission or charge.",
    remedy: "Use the currency in which the buyer agreed to pay.",
  },
  AmountMismatch: {
    means: "Complete was called with another amount than the session was updated with.",
    remedy: "Keep the amount with the order and use it for both calls; after a change update the session again.",
  },
  TransactionAmountExceeded: {
    means:
      "More than is left: of the permission, the authorization, or what may be refunded (the captured amount plus the lesser of 15 % and 75 USD, GBP or EUR, or 8,400 JPY).",
    remedy: "Read limits.amountBalance of the permission, or the charge's amounts, and ask for less.",
  },
  PeriodicAmountExceeded: {
    means: "The month's limit of a recurring or saved-wallet permission is used up.",
    remedy: "Charge the rest after the first of the next month.",
  },
  UnauthorizedAccess: {
    means: "The key may not do this here: key and path name different environments, or the account may not.",
    remedy: "Use a key of the environment that you call.",
  },
  InvalidAuthentication: {
    means: "The service does not know the public key id in this region.",
    remedy: "Compare publicKeyId with Seller Central of that region, capitals included, and the client's region.",
  },
  InvalidAccountStatus: {
    means: "The merchant's account is not active, or not verified yet.",
    remedy: "Look at the account's state in Seller Central.",
  },
  InvalidAuthorizationToken: {
    means: "The token of x-amz-pay-authtoken is wrong or has expired.",
    remedy: "Get a new one with authorizationTokens.retrieve for this merchant.",
  },
  InvalidRequestSignature: {
    means:
      "The signature does not belong to the request: another key, a changed body, a clock that is wrong, or a proxy that rewrites headers.",
    remedy:
      "Read error.diagnosis, or run npx @amazon-pay-kit/cli doctor; in the sandbox the call's page compares both strings to sign.",
  },
  ResourceNotFound: {
    means:
      "There is no such object for this merchant and environment, or none any more: sessions are removed after 30 days.",
    remedy: "Check id, region and environment; afterwards read the charge permission instead of the session.",
  },
  ChargePermissionNotModifiable: {
    means: "The charge permission is closed.",
    remedy: "Only empty members of merchantMetadata of a one-time permission can still be set.",
  },
  InvalidCheckoutSessionStatus: {
    means:
      "The session is not open: completed already, cancelled, or the buyer has not come back from amazonPayRedirectUrl.",
    remedy: "Use checkoutSessions.finish on the result page; it says which of them it is.",
  },
  CheckoutSessionCanceled: {
    means: "The buyer, Amazon or time has ended the session, or the payment was declined.",
    remedy: "Read the session's reasonCode and offer the cart again.",
  },
  InvalidChargePermissionStatus: {
    means: "The permission is closed or not chargeable now, for instance because a charge is in progress.",
    remedy: "Read statusDetails.reasons of the permission.",
  },
  InvalidChargeStatus: {
    means: "The charge's state does not allow this: only Authorized can be captured, only Captured refunded.",
    remedy: "Read the charge and act on its state.",
  },
  TransactionCountExceeded: {
    means: "The number of charges of a permission (25 for a one-time one), or of refunds of a charge, is used up.",
    remedy: "Combine what is left into fewer transactions.",
  },
  AmazonRejected: {
    means: "Amazon declined the payment for good and closed the permission.",
    remedy: "Ask the buyer for another way to pay. For a refund: give the money back another way.",
  },
  HardDeclined: { means: "The card was declined for good.", remedy: "Ask the buyer for another payment method." },
  SoftDeclined: {
    means: "The card was declined for now.",
    remedy: "While the permission is Chargeable try again with a new idempotency key; otherwise ask the buyer.",
  },
  MFANotCompleted: { means: "The buyer did not confirm the payment at the bank.", remedy: "Ask the buyer to confirm." },
  PaymentMethodNotAllowed: {
    means: "The payment method cannot be used for this.",
    remedy: "Ask the buyer for another payment method.",
  },
  TransactionTimedOut: {
    means: "Amazon could not decide in the time it had.",
    remedy: "Allow pending authorizations, or try again with a new idempotency key while the permission is Chargeable.",
  },
  ProcessingFailure: {
    means: "Amazon could not process the transaction because of a fault of its own.",
    remedy: "Try again with a new idempotency key while the permission is Chargeable.",
  },
  TooManyRequests: {
    means: "More calls than the operation's limit allows; the client has waited and tried again already.",
    remedy: "Spread the calls, or read less often; the sandbox has the published limits with --throttling.",
  },
  RequestThrottled: { means: "As TooManyRequests.", remedy: "Spread the calls, or read less often." },
  RequestTimeout: { means: "The service took too long.", remedy: "Call again with the same idempotency key." },
  InternalServerError: {
    means: "A fault of the service, also after the client's retries.",
    remedy: "Call again later with the same idempotency key; the error carries it.",
  },
  ServiceUnavailable: {
    means: "The service is not available, also after the client's retries.",
    remedy: "Call again later with the same idempotency key; the error carries it.",
  },
};
