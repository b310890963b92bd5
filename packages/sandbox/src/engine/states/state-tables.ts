import { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES } from "@amazon-pay-kit/sdk/operations";
import type { ChargePermissionState, ChargeState, CheckoutSessionState, RefundState } from "../objects/index.ts";

/** How a state may be left, and what may be asked of an object in it. */
export interface StateRow<State extends string> {
  /** States that may follow, each with the reason codes that lead there; null is "no reason". */
  readonly to: Readonly<Partial<Record<State, readonly (string | null)[]>>>;
  /** Operations that are allowed. */
  readonly operations: readonly string[];
}

/** A state machine as a table. */
export interface StateTable<State extends string> {
  /** What it is about, as the event log names it. */
  readonly object: string;
  /** States in which an object may come into being. */
  readonly initial: readonly State[];
  readonly states: Readonly<Record<State, StateRow<State>>>;
}

/**
 * Holds a transition against the table.
 *
 * @throws TypeError for one that the table does not have: a fault of the sandbox, never of the caller
 */
export function requireTransition<State extends string>(
  table: StateTable<State>,
  from: State | null,
  to: State,
  reasonCode: string | null,
): void {
  const known = from === null ? table.initial.includes(to) : (table.states[from].to[to]?.includes(reasonCode) ?? false);
  if (!known) throw new TypeError(`${table.object}: no transition from ${from} to ${to} with reason ${reasonCode}`);
}

/** Whether an operation is allowed in a state. */
export function allows<State extends string>(table: StateTable<State>, state: State, operation: string): boolean {
  return table.states[state].operations.includes(operation);
}

const CANCELED = ["ExpiredUnused", "AmazonCanceled", "MerchantCanceled", "ChargePermissionCanceled", "BuyerCanceled"];
const DECLINED = ["SoftDeclined", "HardDeclined", "AmazonRejected", "ProcessingFailure", "TransactionTimedOut"];

/**
 * docs/amazon-pay/states.md. A charge may come into being in every state that an answer to Create Charge may show; a declined one
 * never does, because a decline there is an error.
 */
export const CHARGE_STATES: StateTable<ChargeState> = {
  object: "charge",
  initial: ["AuthorizationInitiated", "Authorized"],
  states: {
    AuthorizationInitiated: {
      to: { Authorized: [null], Declined: DECLINED, Canceled: CANCELED },
      operations: ["get", "update", "cancel"],
    },
    Authorized: {
      to: { CaptureInitiated: [null], Captured: [null], Canceled: CANCELED, Declined: DECLINED },
      operations: ["get", "update", "capture", "cancel"],
    },
    CaptureInitiated: { to: { Captured: [null], Declined: DECLINED }, operations: ["get"] },
    Captured: { to: {}, operations: ["get", "refund"] },
    Canceled: { to: {}, operations: ["get"] },
    Declined: { to: {}, operations: ["get"] },
  },
};

export { DISPUTE_REASONS, DISPUTE_RESOLUTIONS, DISPUTE_STATES };

// Their names stand in the request tables. Transitions are set by payment service providers too, so any may follow any open one.

/** State of a dispute. */
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** States in which a dispute is over. */
export const DISPUTE_OVER: ReadonlySet<string> = new Set<DisputeState>(["Resolved", "Closed"]);

/** Why no new charge is possible now. */
const WAITING = [
  "PaymentMethodInvalid",
  "PaymentMethodDeleted",
  "BillingAddressDeleted",
  "PaymentMethodExpired",
  "PaymentMethodNotAllowed",
  "PaymentMethodNotSet",
  "ChargeInProgress",
  "MFAFailed",
];

/** Why no charge will be possible any more. */
const OVER = [
  "MerchantCanceled",
  "MerchantClosed",
  "BuyerCanceled",
  "BuyerClosed",
  "AmazonCanceled",
  "AmazonClosed",
  "Expired",
];

/** docs/amazon-pay/states.md. */
export const PERMISSION_STATES: StateTable<ChargePermissionState> = {
  object: "chargePermission",
  initial: ["Chargeable", "NonChargeable"],
  states: {
    Chargeable: {
      to: { NonChargeable: WAITING, Closed: OVER },
      operations: ["get", "update", "close", "createCharge"],
    },
    NonChargeable: {
      to: { Chargeable: [null], NonChargeable: WAITING, Closed: OVER },
      operations: ["get", "update", "close"],
    },
    Closed: { to: {}, operations: ["get"] },
  },
};

/** docs/amazon-pay/states.md. */
export const REFUND_STATES: StateTable<RefundState> = {
  object: "refund",
  initial: ["RefundInitiated"],
  states: {
    RefundInitiated: {
      to: { Refunded: [null], Declined: ["AmazonRejected", "ProcessingFailure"] },
      operations: ["get"],
    },
    Refunded: { to: {}, operations: ["get"] },
    Declined: { to: {}, operations: ["get"] },
  },
};

/** docs/amazon-pay/states.md. */
export const SESSION_STATES: StateTable<CheckoutSessionState> = {
  object: "checkoutSession",
  initial: ["Open"],
  states: {
    Open: {
      to: { Completed: [null], Canceled: ["BuyerCanceled", "Expired", "AmazonCanceled", "Declined"] },
      operations: ["get", "update", "complete", "finalize"],
    },
    Completed: { to: {}, operations: ["get"] },
    Canceled: { to: {}, operations: ["get"] },
  },
};
