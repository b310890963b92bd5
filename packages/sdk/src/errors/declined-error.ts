import { ApiError, type ApiErrorContext } from "./api-error.ts";

/** What to do about a decline (docs/amazon-pay/errors.md). */
export type DeclineAdvice = "retry-if-chargeable" | "other-payment-method" | "confirm" | "stop";

/** For all others, such as `SoftDeclined`, `ProcessingFailure` and `TransactionTimedOut`, another try may help. */
const ADVICE: Readonly<Record<string, DeclineAdvice>> = {
  __proto__: null as never,
  HardDeclined: "other-payment-method",
  PaymentMethodNotAllowed: "other-payment-method",
  MFANotCompleted: "confirm",
  AmazonRejected: "stop",
};

const WORDS: Readonly<Record<DeclineAdvice, string>> = {
  "retry-if-chargeable": "Read the charge permission: if it is Chargeable, try again with a new idempotency key",
  "other-payment-method": "Ask the buyer for another payment method",
  confirm: "Ask the buyer to confirm the payment",
  stop: "Ask for another way to pay: the charge permission is closed",
};

/**
 * What may be done about a decline with that reason: for a charge that was declined after it had been pending.
 *
 * @example const advice = adviceFor(charge.statusDetails.reasonCode);
 */
export function adviceFor(reasonCode: string | null): DeclineAdvice {
  return ADVICE[reasonCode ?? ""] ?? "retry-if-chargeable";
}

/** The payment was declined. `advice` says what may be done about it. */
export class DeclinedError extends ApiError {
  override name = "DeclinedError";
  readonly code = "api.declined";
  /** What may be done now. */
  declare readonly advice: DeclineAdvice;

  constructor(context: ApiErrorContext) {
    const advice = adviceFor(context.reasonCode);
    super(context, WORDS[advice]);
    this.advice = advice;
  }
}
