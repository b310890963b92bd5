/** TransactionType of a settlement row, spelled as the service's enumeration spells it. */
export const TRANSACTION_TYPE = {
  authorization: "Authorization",
  capture: "Capture",
  refund: "Refund",
  debt: "Debt",
  claim: "A-to-z Guarantee Claim",
  chargeback: "Chargeback",
  dispute: "Dispute",
  adjustments: "Adjustments",
  reserve: "Reserve",
  carryover: "Carryover",
  transfer: "Transfer",
} as const;

/** One of the values of {@link TRANSACTION_TYPE}. */
export type TransactionTypeLabel = (typeof TRANSACTION_TYPE)[keyof typeof TRANSACTION_TYPE];

/**
 * What the service writes as TransactionDescription where the merchant has given no note. The wording of the first and
 * the last is from real files; the service changes it from time to time, so nobody may rely on it.
 */
export const DESCRIPTION = {
  previousReserve: "Previous Reserve Balance",
  currentReserve: "Current Reserve Amount",
  carryover: "Carryover from previous settlement",
  owed: "Balance owed from previous settlement",
  debt: "Negative balance charged to your payment method",
  chargeback: "Chargeback by the buyer's bank",
  chargebackWon: "Chargeback reversed in your favour",
  claim: "A-to-z Guarantee claim",
  claimWon: "A-to-z Guarantee claim reversed in your favour",
  dispute: "Chargeback dispute fee",
  adjustment: "Balance adjustment",
  transfer: "SellerPayments_DateRangeReport_transfer_accounting_ending_with_trace_id",
} as const;
