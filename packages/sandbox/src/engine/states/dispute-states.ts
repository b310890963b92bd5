/** States of a dispute (reference 4.11). Transitions are set by payment service providers too, so any may follow any open one. */
export const DISPUTE_STATES = ["ActionRequired", "UnderReview", "Resolved", "Closed"] as const;

/** State of a dispute. */
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** States in which a dispute is over. */
export const DISPUTE_OVER: ReadonlySet<string> = new Set<DisputeState>(["Resolved", "Closed"]);

/** Reference 4.11. */
export const DISPUTE_REASONS = [
  "MerchantResponseRequired",
  "MerchantAdditionalEvidencesRequired",
  "BuyerAdditionalEvidencesRequired",
  "MerchantAcceptedDispute",
  "MerchantResponseDeadlineExpired",
  "BuyerCancelled",
  "InvestigatorResolved",
  "AutoResolved",
  "ChargebackFiled",
] as const;

/** Reference 4.11. */
export const DISPUTE_RESOLUTIONS = ["BuyerWon", "MerchantWon", "NoFault"] as const;
