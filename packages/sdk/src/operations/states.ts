import type { Open } from "./open.ts";

// The states that this version knows, once: the types are derived from these lists.

/** States of a checkout session. */
export const CHECKOUT_SESSION_STATES = ["Open", "Completed", "Canceled"] as const;

/** States of a charge permission. */
export const CHARGE_PERMISSION_STATES = ["Chargeable", "NonChargeable", "Closed"] as const;

/** States of a charge. */
export const CHARGE_STATES = [
  "AuthorizationInitiated",
  "Authorized",
  "CaptureInitiated",
  "Captured",
  "Canceled",
  "Declined",
] as const;

/** States of a refund. It always begins as `RefundInitiated`. */
export const REFUND_STATES = ["RefundInitiated", "Refunded", "Declined"] as const;

/** States of a dispute. */
export const DISPUTE_STATES = ["UnderReview", "ActionRequired", "Resolved", "Closed"] as const;

/** Why a charge was cancelled or declined. */
export const CHARGE_REASONS = [
  "ExpiredUnused",
  "AmazonCanceled",
  "MerchantCanceled",
  "ChargePermissionCanceled",
  "BuyerCanceled",
  "SoftDeclined",
  "HardDeclined",
  "AmazonRejected",
  "ProcessingFailure",
  "TransactionTimedOut",
] as const;

/** Why a dispute is in its state. */
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

/** Who won a dispute. */
export const DISPUTE_RESOLUTIONS = ["BuyerWon", "MerchantWon", "NoFault"] as const;

const isOneOf = (known: readonly string[], value: string): boolean => known.includes(value);

/** Whether a session's state is one that this version knows; an exhaustive `switch` compiles after it. */
export function isKnownCheckoutSessionState(
  state: Open<(typeof CHECKOUT_SESSION_STATES)[number]>,
): state is (typeof CHECKOUT_SESSION_STATES)[number] {
  return isOneOf(CHECKOUT_SESSION_STATES, state);
}

/** Whether a charge permission's state is one that this version knows; an exhaustive `switch` compiles after it. */
export function isKnownChargePermissionState(
  state: Open<(typeof CHARGE_PERMISSION_STATES)[number]>,
): state is (typeof CHARGE_PERMISSION_STATES)[number] {
  return isOneOf(CHARGE_PERMISSION_STATES, state);
}

/**
 * Whether a charge's state is one that this version knows; an exhaustive `switch` compiles after it.
 *
 * @example
 * const { state } = (await client.charges.retrieve(id)).statusDetails;
 * if (!isKnownChargeState(state)) throw new Error(`a state that is newer than this kit: ${state}`);
 */
export function isKnownChargeState(
  state: Open<(typeof CHARGE_STATES)[number]>,
): state is (typeof CHARGE_STATES)[number] {
  return isOneOf(CHARGE_STATES, state);
}

/** Whether a refund's state is one that this version knows; an exhaustive `switch` compiles after it. */
export function isKnownRefundState(
  state: Open<(typeof REFUND_STATES)[number]>,
): state is (typeof REFUND_STATES)[number] {
  return isOneOf(REFUND_STATES, state);
}

/** Whether a dispute's state is one that this version knows; an exhaustive `switch` compiles after it. */
export function isKnownDisputeState(
  state: Open<(typeof DISPUTE_STATES)[number]>,
): state is (typeof DISPUTE_STATES)[number] {
  return isOneOf(DISPUTE_STATES, state);
}
