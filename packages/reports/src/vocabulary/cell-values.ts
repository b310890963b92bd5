import type { Vocabulary } from "../layouts/layout.ts";
import { normaliseTransactionType } from "./transaction-type.ts";

/** States of order references, authorizations, captures, refunds and billing agreements, as old reports spell them. */
const STATES = new Set(["Draft", "Open", "Suspended", "Canceled", "Closed", "Pending", "Declined", "Completed"]);

const REFUND_TYPES = new Set(["SellerInitiated", "BuyerInitiated"]);

/** Reason codes of the API objects whose reports are known; several codes in one cell do not occur. */
const REASON_CODES = new Set([
  "AmazonCanceled",
  "AmazonClosed",
  "AmazonRejected",
  "BuyerCanceled",
  "ChargeInProgress",
  "Expired",
  "ExpiredUnused",
  "InvalidPaymentMethod",
  "MaxAmountCaptured",
  "MaxAmountCharged",
  "MaxAmountRefunded",
  "MaxAuthorizationsCaptured",
  "MaxCapturesProcessed",
  "MaxRefundsProcessed",
  "MerchantCanceled",
  "MerchantClosed",
  "PaymentMethodNotAllowed",
  "PaymentMethodNotSet",
  "ProcessingFailure",
  "SellerCanceled",
  "SellerClosed",
  "SoftDeclined",
  "HardDeclined",
  "Stale",
  "TransactionTimedOut",
  "UpfrontChargeFailed",
]);

/**
 * Whether a word of a watched column is known. An unknown one is kept and noticed, never refused: the service adds
 * types and codes without notice.
 */
export function isKnownValue(vocabulary: Vocabulary, word: string): boolean {
  switch (vocabulary) {
    case "transaction-type":
      return normaliseTransactionType(word) !== null;
    case "state":
      return STATES.has(word);
    case "refund-type":
      return REFUND_TYPES.has(word);
    case "reason-code":
      return REASON_CODES.has(word);
  }
}
