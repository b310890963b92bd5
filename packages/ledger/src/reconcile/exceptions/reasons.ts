/**
 * Why a difference is all right. Each but `other` stands for an account, on which the difference is booked on the day of the
 * explanation.
 */
export const EXPLANATION_REASONS = ["bank-fee", "fx", "write-off", "claim", "other"] as const;

/** The reasons that stand for an account. */
export const BOOKED_REASONS = ["bank-fee", "fx", "write-off", "claim"] as const;

/** One of {@link EXPLANATION_REASONS}. */
export type ExplanationReason = (typeof EXPLANATION_REASONS)[number];
