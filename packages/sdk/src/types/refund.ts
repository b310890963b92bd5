import type { Timestamp } from "./instant.ts";
import type { Price, PriceInput } from "./price.ts";
import type { ReleaseEnvironment, StatusDetails } from "./status.ts";

/** States of a refund. It always begins as `RefundInitiated`. */
export type RefundState = "RefundInitiated" | "Refunded" | "Declined";

/** Why a refund was declined. */
export type RefundReason = "AmazonRejected" | "ProcessingFailure";

/** A refund. */
export interface Refund {
  /** Keep it with the order. */
  refundId: string;
  /** Charge that is given back. */
  chargeId: string;
  /** How much of it. */
  refundAmount: Price;
  /** Text on the buyer's statement, after `AMZ* `. */
  softDescriptor: string | null;
  /** When it was made. */
  creationTimestamp: Timestamp;
  /** State, and why it was declined. */
  statusDetails: StatusDetails<RefundState, RefundReason>;
  /** `Sandbox` or `Live`. */
  releaseEnvironment: ReleaseEnvironment;
}

/** Request of `refunds.create`. */
export interface RefundCreate {
  /** Charge to give back; it must be `Captured`. */
  readonly chargeId: string;
  /** All refunds may exceed the captured amount by the lesser of 15 % and 75 USD, EUR or GBP (8,400 JPY). */
  readonly refundAmount: PriceInput;
  /** At most 16 characters. */
  readonly softDescriptor?: string | null;
}
