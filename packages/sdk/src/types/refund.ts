import type { REFUND_STATES } from "../operations/states.ts";
import type { Timestamp } from "./instant.ts";
import type { Open } from "../operations/open.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";
import type { ChargeId, RefundId } from "./ids.ts";

/** States of a refund that this version knows; see `isKnownRefundState`. It always begins as `RefundInitiated`. */
export type KnownRefundState = (typeof REFUND_STATES)[number];

/** State of a refund. It always begins as `RefundInitiated`. */
export type RefundState = Open<KnownRefundState>;

/** Why a refund was declined, as far as this version knows. */
export type KnownRefundReason = "AmazonRejected" | "ProcessingFailure";

/** Why a refund was declined. */
export type RefundReason = Open<KnownRefundReason>;

/** A refund. */
export interface Refund {
  /** Keep it with the order. */
  refundId: RefundId;
  /** Charge that is given back. */
  chargeId: ChargeId;
  /** How much of it. */
  refundAmount: Price;
  /** Text on the buyer's statement, after `AMZ* `. */
  softDescriptor: string | null;
  /** When it was made. */
  creationTimestamp: Timestamp;
  /** State, and why it was declined. */
  statusDetails: StatusDetails<KnownRefundState, KnownRefundReason>;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment;
}

/** Request of `refunds.create`. */
export interface RefundCreate {
  /** Charge to give back; it must be `Captured`. */
  readonly chargeId: ChargeId;
  /** All refunds may exceed the captured amount by the lesser of 15 % and 75 USD, EUR or GBP (8,400 JPY). */
  readonly refundAmount: PriceInput;
  /** At most 16 characters. */
  readonly softDescriptor?: string | null;
}
