import { AmazonPayError } from "@amazon-pay-kit/sdk";

/** Stable codes of {@link PaymentError}. */
export type PaymentErrorCode =
  /** The checkout session or permission was made for another order or another customer. */
  | "payment.not-yours"
  /** The checkout session takes no order any more. */
  | "payment.closed"
  /** The amount is not what Amazon Pay has on record. */
  | "payment.amount"
  /** Nothing can be captured yet: Amazon has not decided about the charge. */
  | "payment.pending"
  /** Less is left to capture or to refund than was asked for. */
  | "payment.exceeds"
  /** A charge was captured by somebody else, for another amount. */
  | "payment.captured-elsewhere"
  /** What was kept with the order is no payment record. */
  | "payment.record";

/** A payment of an order cannot be done as asked; nothing was moved. */
export class PaymentError extends AmazonPayError {
  override readonly name = "PaymentError";
  /** Stable; branch on it and not on the message. */
  readonly code: PaymentErrorCode;

  constructor(code: PaymentErrorCode, message: string, remedy?: string) {
    super(message, { remedy });
    this.code = code;
  }
}
